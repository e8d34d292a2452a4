#!/bin/sh
# A CMake project finds the installed package, builds and runs:
# find_package.sh SOURCE PREFIX COMPILER CMAKE
set -eu
source=$1 prefix=$2 compiler=$3 cmake=$4
here=$source/tests/install
. "$here/lib.sh"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$cmake" -S "$here/consumer" -B "$scratch" -DCMAKE_BUILD_TYPE=Release \
    -DCMAKE_C_COMPILER="$compiler" -DCMAKE_PREFIX_PATH="$prefix" >"$scratch/log" 2>&1 &&
    "$cmake" --build "$scratch" >>"$scratch/log" 2>&1 || {
    cat "$scratch/log"
    exit 1
}
run_consumers "$scratch" "$prefix"
