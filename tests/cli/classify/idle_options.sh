# What an option says about other formats than the one that is written
. "$LIB"
train_model
for format in tsv csv rss misp stix; do
    echo "$format" >&2
    code ttag classify -m model.ttag --format $format --explain 2 --all --unsure 0.1 "$SOURCE/examples/feed.rss" >$format
    tail -n 1 $format
done
code ttag classify -m model.ttag --format rss --unordered "$SOURCE/examples/feed.rss"
