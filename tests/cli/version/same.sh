. "$LIB"
ttag version >1
ttag --version >2
ttag train -V >3
same 1 2
same 1 3
want=$(sed -n 's/^#define TTAG_VERSION "\(.*\)"/ttag \1/p' "$SOURCE/include/ttag/base.h")
[ "$(cat 1)" = "$want" ] && echo "as in the header"
