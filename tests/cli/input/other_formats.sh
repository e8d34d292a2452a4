. "$LIB"
train_model
printf 'No,Headline,Body,Labels\n1,"A ""worm""","The worm, a trojan,\nencrypts its payload",Malware|x\n2,,,\n3,b,"open' >news.csv
code ttag classify -m model.ttag --columns id=No,title=Headline,text=Body,tags=Labels news.csv
ttag evaluate -q -m model.ttag --columns title=Headline,text=Body,tags=Labels --tag-separator '|' news.csv | head -1
code ttag classify -m model.ttag news.csv
code ttag classify -m model.ttag --columns body=Body news.csv
printf 'text\ttitle\nthe worm is a trojan\tA, b\n' | ttag classify -m model.ttag --input-format tsv
cp -r "$SOURCE/tests/feeds/pages" .
code ttag classify -m model.ttag pages
ttag classify -m model.ttag <pages/weblog.html
cp "$SOURCE/tests/golden/files/one.zst" one.txt.zst
ttag classify -m model.ttag one.txt.zst
head -c 500 one.txt.zst >cut.txt.zst
code ttag classify -m model.ttag cut.txt.zst
printf '%%PDF-1.4\n%%\342\343\n' >report.pdf
code ttag classify -m model.ttag report.pdf
printf '[{"text":"the worm"},\n{"text":"the trojan"}]\n' | code ttag classify -m model.ttag
code ttag evaluate model.ttag -m model.ttag
