# The program is found by a link and by the name it was called by.
. "$LIB"
mkdir -p tree/bin tree/share/ttag links
train_model
mv model.ttag tree/share/ttag/threat-tags.ttag
cp "$(command -v ttag)" "$(command -v ttag-classify)" tree/bin/
ln -s ../tree/bin/ttag links/ttag
links/ttag classify "$FIXTURES/test.jsonl" >linked && echo "by a link"
(PATH=$PWD/tree/bin:$PATH && ttag-classify "$FIXTURES/test.jsonl") >named && echo "by PATH"
same linked named
mv tree moved && moved/bin/ttag classify "$FIXTURES/test.jsonl" | cmp - named && echo "moved"
