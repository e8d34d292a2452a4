# What cases share. A case sources it: . "$LIB"

# A model of the training fixture: model.ttag
train_model() {
    ttag train -q "$FIXTURES/train.jsonl" -o model.ttag "$@"
}

# Runs a command and tells its exit code on stdout.
code() {
    "$@"
    echo "exit $?"
}

# Whether two files are the same.
same() {
    cmp "$1" "$2" && echo "same"
}

# Numbers with a fraction are of no interest here.
mask_numbers() {
    sed -E 's/-?[0-9]+\.[0-9]+(e[-+]?[0-9]+)?/N/g'
}

# Changes the byte at offset $2 of file $1.
flip() {
    local byte
    byte=$(od -An -tu1 -j "$2" -N 1 "$1")
    printf "\\x$(printf %x $((byte ^ 1)))" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

# Ends the case as one that cannot be run here.
skip() {
    echo "$1" >&2
    exit 77
}

# What the case cannot do without: names of programs.
needs() {
    local program
    for program; do
        command -v "$program" >/dev/null || skip "there is no $program"
    done
}
