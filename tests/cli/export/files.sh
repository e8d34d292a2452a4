. "$LIB"
ttag export --preset plain "$FIXTURES/train.jsonl" --svmlight out.svm
wc -l out.svm out.svm.tags
cat out.svm.tags
sed -E 's/(:[0-9.]{5})[0-9]*/\1/g' out.svm | cut -c 1-60 | sed -n '1p;17p;38p'
head -n 3 out.svm.terms
