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

# A feed that cannot be learnt and takes long: 1,500 articles of random words, 20 tags, and one tag
# that is dropped, which is said once the feed is read.
slow_feed() {
    awk 'BEGIN {
        srand(1)
        for (n = 0; n < 1500; n++) {
            printf "{\"text\":\""
            for (k = 0; k < 60; k++)
                printf "word%d ", rand() * 3000
            printf "\",\"tags\":[\"T%d\",\"T%d\"]}\n", rand() * 10, 10 + rand() * 10
        }
        print "{\"text\":\"the only one\",\"tags\":[\"Rare\"]}"
    }'
}

# Waits until file $2 holds $1, a minute at most.
wait_for() {
    local n
    for ((n = 0; n < 600; n++)); do
        grep -qs -- "$1" "$2" && return
        sleep 0.1
    done
    echo "waited in vain for '$1'"
}
