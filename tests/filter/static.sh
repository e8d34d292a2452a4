#!/bin/bash
# ttag-classify linked statically: it is, and what it prints is what the usual one prints.
# static.sh BIN TOP PROGRAM LACKS
bin=$1 top=$2 program=$3 lacks=$4
[ -z "$lacks" ] || { echo "skipped: a static program needs$lacks"; exit 77; }
export PATH=$bin:$PATH
cd "$(mktemp -d)" || exit 1
trap 'rm -rf "$PWD"' EXIT
failed=
fixtures=$top/tests/cli/fixtures

mkdir static usual
cp "$program" static/ttag-classify
cp "$bin/ttag-classify" usual
if command -v file >/dev/null; then
    file -b static/ttag-classify
    file -b static/ttag-classify | grep -qE 'statically linked|static-pie linked' || failed=yes
fi
ldd static/ttag-classify >libraries 2>&1
cat libraries
grep -qE 'not a dynamic executable|statically linked' libraries || failed=yes

ttag train -q "$fixtures/train.jsonl" -o news.ttag || exit 1
ttag train -q "$fixtures/train.jsonl" -o words.ttag --preset plain || exit 1
ttag train -q "$fixtures/train.jsonl" -o rbf.ttag --kernel rbf || exit 1
{
    cat "$fixtures/test.jsonl"
    printf '%s\n' '{"text":1}' '{"id":"é","text":"Die GRÖßTE Möwe: ransomware, 勒索软件, ﬁle"}' \
        '{"id":null,"text":"escapes \u00e9 \ud83d\ude00 \u0000","title":"T"}'
} >feed.jsonl
printf '{"id":"bad bytes","text":"caf\351 malware"}\n' >>feed.jsonl
gzip -c feed.jsonl >packed.jsonl.gz

both() { # argument...
    for kind in static usual; do
        $kind/ttag-classify "$@" >$kind.out 2>$kind.err <feed.jsonl
        echo "exit $?" >>$kind.out
    done
    if cmp static.out usual.out && cmp static.err usual.err; then
        n_same=$((n_same + 1))
    else
        echo "FAILED: $*"
        failed=yes
    fi
}
n_same=0
for model in news words rbf; do
    for format in text jsonl tsv; do
        for threads in 1 4; do
            both -m $model.ttag --format $format --threads $threads --explain 3 feed.jsonl
        done
    done
    both -m $model.ttag --format jsonl --all --keep packed.jsonl.gz
    both -m $model.ttag --format jsonl --input-format jsonl -
done
both -m news.ttag "$fixtures/folder"
both -m feed.jsonl feed.jsonl
both -m no-such.ttag
both --no-such-option
both --help
both --version
echo "$n_same calls, the same bytes"
[ ! "$failed" ] && [ $n_same -gt 0 ]
