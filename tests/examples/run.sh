#!/bin/sh
# Runs a program and compares what it prints, numbers with a fraction masked, since they may differ
# a little between kinds of CPU: run.sh EXPECTED PROGRAM argument...
expected=$1
shift
printed=$(mktemp) || exit 2
trap 'rm -f "$printed"' EXIT
"$@" >"$printed" || { echo "FAILED: exit code $?"; exit 1; }
sed -E 's/-?[0-9]+\.[0-9]+/N/g' "$printed" | diff -u "$expected" -
