. "$LIB"
code ttag train -o m f --preset fast
code ttag train -o m f --thresholds F1
code ttag classify -m m --format xml
code ttag classify -m m --log-level loud
code ttag evaluate -m m f --threshold 1.5
