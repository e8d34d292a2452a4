# Without -m: TTAG_MODEL first, then the user's data, then what lies beside the program.
. "$LIB"
train_model
mkdir -p bin share/ttag data/ttag home/.local/share/ttag
cp "$(command -v ttag)" bin/
for place in share data home/.local/share; do
    ttag train -q "$FIXTURES/train.jsonl" -o $place/ttag/threat-tags.ttag --cost 1
done
work=$(pwd -P)
which() { # environment...
    env "$@" bin/ttag classify -v "$FIXTURES/test.jsonl" 2>&1 >out | sed -n "s,.*detail: model ,,p" |
        sed "s,$work,.,"
    cmp out expected
}
ttag classify -m model.ttag "$FIXTURES/test.jsonl" >expected
which HOME="$work/home" XDG_DATA_HOME="$work/data" TTAG_MODEL=model.ttag
which HOME="$work/home" XDG_DATA_HOME="$work/data"
which HOME="$work/home"
which HOME="$work/home" XDG_DATA_HOME=data TTAG_MODEL=
which HOME="$work/nowhere"
which -u HOME
echo "-m comes before all"
TTAG_MODEL=nowhere.ttag bin/ttag classify -m model.ttag "$FIXTURES/test.jsonl" | cmp - expected
