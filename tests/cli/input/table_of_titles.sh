# A text column of another name is not passed over in silence
. "$LIB"
train_model
printf 'title,content\nA worm,It encrypts\n' >titles.csv
code ttag classify -m model.ttag titles.csv | sed 's/\t.*//'
code ttag classify -m model.ttag --columns title=title titles.csv | sed 's/\t.*//'
code ttag classify -m model.ttag --columns text=content titles.csv | sed 's/\t.*//'
