#!/bin/sh
# Each public header alone, and every initialiser, under strict flags: alone.sh INCLUDE STANDARD COMPILER
include=$1 standard=$2 compiler=$3
case $standard in
c++*) language=c++ ;;
*) language=c ;;
esac

check() { # reads a program
    "$compiler" -x "$language" -std="$standard" -fsyntax-only -Wall -Wextra -Wpedantic -Wconversion \
        -Wshadow -Werror -I "$include" -
}

status=0
for header in "$include"/ttag/*.h; do
    name=ttag/${header##*/}
    printf '#include "%s"\n#include "%s"\nint main(void) { return 0; }\n' "$name" "$name" |
        check || { echo "$name does not stand alone in $standard"; status=1; }
done

# TTAG_TRAIN_OPTS_INIT is for a ttag_train_opts
initialisers=$(grep -oh 'define TTAG_[A-Z_]*_INIT' "$include"/ttag/*.h | cut -d' ' -f2)
{
    echo '#include "ttag/ttag.h"'
    echo 'int main(void) {'
    for macro in $initialisers; do
        type=$(echo "${macro%_INIT}" | tr '[:upper:]' '[:lower:]')
        echo "$type of_$type = $macro; (void)of_$type;"
    done
    echo 'return 0; }'
} | check || { echo "an initialiser is refused in $standard"; status=1; }
exit $status
