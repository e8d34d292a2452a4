. "$LIB"
code ttag train -o model.ttag
code ttag evaluate -m model.ttag
code ttag export --svmlight out
code ttag train -o
code ttag train --seed
code ttag merge
