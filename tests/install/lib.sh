# What the consumers' tests share.

# Runs what was built in folder $1 with what is installed in $2.
run_consumers() {
    LD_LIBRARY_PATH=$(dirname "$(find "$2" -name 'libttag.*' | head -n 1)")
    export LD_LIBRARY_PATH
    "$1/consumer" "$2/starter.ttag" \
        'A ransomware gang encrypted the servers, left a note and demanded bitcoin.' >"$1/tags"
    cat "$1/tags"
    grep -qx Malware "$1/tags"
    "$1/trainer" "$source/datasets/starter/train.jsonl" >"$1/trained"
    cat "$1/trained"
    grep -qx '34 tags' "$1/trained"
    # cJSON is of the program ttag alone.
    if command -v ldd >/dev/null && ldd "$1/trainer" | grep cjson; then
        echo "FAILED: the library's consumer is linked with cJSON"
        exit 1
    fi
    # Whoever only classifies is linked with neither libsvm nor BLAS.
    if command -v ldd >/dev/null && ldd "$1/consumer" | grep -E 'libsvm|blas|stdc\+\+'; then
        echo "FAILED: the classifier's consumer links more than it needs"
        exit 1
    fi
}
