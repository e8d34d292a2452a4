. "$LIB"
code ttag classify -m model.ttag --all=yes
code ttag classify -m model.ttag --no-all=yes
code ttag classify -m model.ttag --no-format
