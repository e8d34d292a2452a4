#!/bin/sh
# The examples in the public headers are those that examples.c compiles: examples.sh INCLUDE EXAMPLES
include=$1 examples=$2
status=0
for header in "$include"/ttag/*.h; do
    [ "${header##*/}" = ttag.h ] && continue
    # code stands behind " *     " in the comment at the top; formulas are no code
    awk -v header="${header##*/}" -v examples="$examples" '
        BEGIN {
            while ((getline line < examples) > 0) {
                gsub(/^[ \t]+/, "", line)
                compiled[line] = 1
            }
        }
        /\*\// { exit }
        !/^ \*     / { next }
        {
            sub(/^ \* +/, "")
            if ($0 in compiled) found++
            else if (/[;{}]$/) { print header ": not in examples.c: " $0; missing++ }
        }
        END {
            if (!found) print header ": has no example"
            exit missing > 0 || !found
        }' "$header" || status=1
done
exit $status
