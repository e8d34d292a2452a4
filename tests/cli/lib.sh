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

# An output format for other programs: accepted by the rules of those who read it (check_$1.py), the
# same bytes in any number of threads and by ttag-classify, with few records and with none. $2…: what
# shows the output without its figures.
exchange_format() {
    local format=$1 threads
    shift
    needs /usr/bin/python3
    train_model
    cp "$FIXTURES/exchange.jsonl" feed.jsonl
    check() { PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 "$SOURCE/tests/exchange/check_$format.py"; }
    write() { ttag classify -q -m model.ttag feed.jsonl --format "$format" "$@"; }
    code ttag classify -m model.ttag feed.jsonl --format "$format" >whole
    "$@" <whole
    grep -v '^exit' whole | check
    for threads in 1 2 5; do write --threads $threads 2>/dev/null; echo "exit $?"; done | cmp - <(cat whole whole whole) && echo same
    ttag-classify -q -m model.ttag feed.jsonl --format "$format" 2>/dev/null | cmp - <(grep -v '^exit' whole) && echo same
    echo "only, drop, top, unsure, all, none"
    write --only 'Mal*' 2>/dev/null | check
    write --drop 'Mal*' 2>/dev/null | check
    write --only 'Nothing*' 2>/dev/null | check
    write --top 1 --explain 2 2>/dev/null | check
    write --all --unsure 0.3 2>/dev/null | check
    : >feed.jsonl
    write | check
}

# Numbers with a fraction are of no interest here.
mask_numbers() {
    sed -E 's/-?[0-9]+\.[0-9]+(e[-+]?[0-9]+)?/N/g'
}

# Neither are names and figures in MISP's and STIX's words.
mask_exchange() {
    sed -E 's/bundle--[-0-9a-f]+/bundle--N/; s/"confidence":[0-9]+/"confidence":N/; s/(confidence-level=.")[a-z-]+/\1N/; s/ \([0-9.]+\)/ (N)/'
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
