. "$LIB"
train_model
: >empty.jsonl
: >empty.txt
mkdir folder
echo '{"text": ' >bad.jsonl
for input in empty.jsonl empty.txt folder bad.jsonl nowhere.jsonl; do
    code ttag classify -m model.ttag $input
    code ttag train $input -o new.ttag
    code ttag evaluate -m model.ttag $input
    code ttag export --svmlight new.svm $input
done
code ttag classify -m model.ttag </dev/null
ls
