# the committed pages are those that the program makes: cmake --build build/release --target man
for page in "$SOURCE"/man/*.1; do
    name=$(basename "$page" .1)
    command=${name#ttag}
    ttag ${command#-} --dump-man | diff -u "$page" -
done
ls "$SOURCE"/man/*.1 | wc -l
