. "$LIB"
for command in train classify evaluate merge calibrate shrink inspect export help version; do
    ttag help $command >1
    ttag $command --help >2
    ttag $command -h >3
    same 1 2 && same 1 3
    grep -n ' $' 1
done
ttag help >1
ttag --help >2
same 1 2
