. "$LIB"
code ttag train --fold 3 x -o y
code ttag classify --modle x
code ttag train --plan 5m x -o y
code ttag train -j 2 x -o y
code ttag --nonsense
