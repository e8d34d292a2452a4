. "$LIB"
mkdir folder
code ttag classify -m nowhere.ttag x
code ttag evaluate -m nowhere.ttag x
code ttag inspect nowhere.ttag
code ttag export x --svmlight y -m nowhere.ttag
code ttag inspect folder
