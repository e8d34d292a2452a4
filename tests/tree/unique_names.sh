#!/bin/sh
# A source file's name says which file is meant, without its folder: unique_names.sh TOP
cd "$1" || exit 2
twice=$(find base articles import features bootstrap train classify evaluate audit cli -name '*.[ch]' |
    sed 's,.*/,,' | sort | uniq -d)
[ -z "$twice" ] && echo "every name is there once" && exit 0
for name in $twice; do
    find base articles import features bootstrap train classify evaluate audit cli -name "$name"
done
exit 1
