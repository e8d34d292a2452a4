# a database by the model that comes with the program: its run has the file's name
. "$LIB"
needs /usr/bin/python3
train_model
export TTAG_MODEL=model.ttag
echo '{"id":"one","text":"malware"}' >feed.jsonl
code ttag classify -q --format sqlite -o news.db feed.jsonl
/usr/bin/python3 "$SOURCE/tests/exchange/show_db.py" news.db 'SELECT name FROM runs'
