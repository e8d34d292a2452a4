#!/bin/sh
# Who may include whom (DESIGN, "the house"): include_law.sh TOP
cd "$1" || exit 2
law=tests/tree/include_law.awk
find base articles import features bootstrap train classify evaluate audit cli include examples tests \
    -name '*.[ch]' -o -name '*.cc' | sort | xargs awk -f "$law" || exit 1
echo "every include is within the law"
