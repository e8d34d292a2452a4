#!/bin/bash
# The recipes of docs/sharding.md, word for word: what they give is what one run gives.
# recipes.sh BIN TOP xargs|parallel|streaming
bin=$1 top=$2 kind=$3
export PATH=$bin:$PATH
cd "$(mktemp -d)" || exit 1
trap 'rm -rf "$PWD"' EXIT
failed=

# The block of code number $2 under the heading $1.
recipe() {
    awk -v heading="$1" -v wanted="$2" '
        /^#+ / && !code { here = ($0 == heading) }
        here && /^```sh$/ { code = 1; n++; next }
        /^```$/ { code = 0 }
        here && code && n == wanted' "$top/docs/sharding.md"
}

check() { # WHAT FILE EXPECTED
    if [ -s "$2" ] && cmp "$2" "$3"; then echo "$1: the same"; else failed=yes; fi
}

fixtures=$top/tests/cli/fixtures
ttag train -q "$fixtures/train.jsonl" -o news.ttag || exit 1
mkdir archive
for part in 1 2 3; do
    for i in $(seq 60); do
        sed "s/\"id\": \"/&$part-$i-/" "$fixtures/test.jsonl"
    done >archive/$part.jsonl
done
cp "$fixtures"/folder/*.txt archive 2>/dev/null
gzip -c archive/3.jsonl >archive/4.jsonl.gz
ttag classify -q -m news.ttag --format jsonl archive/ >whole.jsonl
ttag evaluate -q -m news.ttag archive/ >whole.txt

case $kind in
xargs)
    recipe '### xargs' 1 >tag.sh
    bash -e tag.sh
    check "xargs, classify" tagged.jsonl whole.jsonl
    recipe '### xargs' 2 >evaluate.sh
    bash -e evaluate.sh
    check "xargs, evaluate" report.txt whole.txt
    ;;
parallel)
    command -v parallel >/dev/null || { echo "skipped: there is no parallel" && exit 77; }
    recipe '### GNU parallel' 1 >tag.sh
    bash -e tag.sh
    check "parallel, shards" tagged.jsonl whole.jsonl
    recipe '### GNU parallel' 2 | sed 's/10M/10k/' >stream.sh
    bash -e stream.sh
    ttag classify -q -m news.ttag --format jsonl archive/[1-3].jsonl >stream.jsonl
    check "parallel, a stream" tagged.jsonl stream.jsonl
    ;;
streaming) # what Hadoop and Spark do: lines to processes, some of which get none
    cp "$bin/ttag-classify" .
    recipe '## Hadoop streaming and Spark' 1 >tag.sh
    cat archive/[1-3].jsonl >stream
    echo '{"id": "bad"}' >>stream
    ttag classify -q -m news.ttag --format jsonl stream 2>/dev/null | sed '$d' >expected
    echo '{"id":null,"file":"-"' >>expected
    split -n l/7 stream piece.
    : >piece.empty
    for piece in piece.*; do
        sh tag.sh <"$piece" 2>/dev/null || failed=yes
    done | sed 's/\(,"file":"-"\),.*/\1/' >tagged
    check "streaming" tagged expected
    ;;
esac
[ ! "$failed" ]
