#!/bin/bash
# Reuters-21578, 90 topics, as a user would run it: accuracy with defaults, memory, and the plain
# preset against what scikit-learn's LinearSVC reaches on the same tokens (micro-F1 .858 to .862).
. "$(dirname "$0")/common.sh"
needs_shared data/reuters.train.jsonl data/reuters.test.jsonl

# Runs a command; its peak memory in kB goes to the file "peak", which is empty if nothing here can
# tell.
measured() {
    local gnu_time
    gnu_time=$(type -P time || true)
    : >"$scratch/peak"
    if [[ $gnu_time ]] && "$gnu_time" -f %M true 2>/dev/null; then
        "$gnu_time" -f %M -o "$scratch/peak" "$@"
    elif command -v python3 >/dev/null; then
        python3 -c 'import resource, subprocess, sys
code = subprocess.call(sys.argv[2:])
with open(sys.argv[1], "w") as peak:
    peak.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(code)' "$scratch/peak" "$@"
    else
        "$@"
    fi
}

measured "$ttag" train -q "$data/reuters.train.jsonl" -o "$scratch/best.ttag" --threads 2
evaluate reuters "$scratch/best.ttag" "$scratch/best.json"
expect "micro-F1" "$(f1 micro "$scratch/best.json")" 0.880
expect "macro-F1" "$(f1 macro "$scratch/best.json")" 0.570
expect "tags" "$(grep -c '"tag": .*"support"' "$scratch/best.json")" 90 90
if [[ -s $scratch/peak ]]; then
    expect "peak memory in training, kB" "$(tail -n 1 "$scratch/peak")" 1 3999999
else
    echo "peak memory not measured: neither GNU time nor python3 here"
fi

train reuters "$scratch/plain.ttag" --preset plain --thresholds none
evaluate reuters "$scratch/plain.ttag" "$scratch/plain.json"
expect "micro-F1, plain preset, cut at 0" "$(f1 micro "$scratch/plain.json")" 0.853 0.867
finish
