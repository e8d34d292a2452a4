. "$LIB"
code ttag trian
code ttag frobnicate
code ttag help evalute
