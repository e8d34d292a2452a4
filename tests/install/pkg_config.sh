#!/bin/sh
# The flags that pkg-config tells are enough to build and run: pkg_config.sh SOURCE PREFIX COMPILER
set -eu
source=$1 prefix=$2 compiler=$3
here=$source/tests/install
. "$here/lib.sh"

command -v pkg-config >/dev/null || { echo "skipped: no pkg-config"; exit 77; }
PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name ttag.pc)")
export PKG_CONFIG_PATH
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

build() { # program, package
    # shellcheck disable=SC2046 # flags, one word each
    "$compiler" "$here/consumer/$1.c" -o "$scratch/$1" $(pkg-config --cflags --libs "$2")
}
build consumer ttag_classifier
build trainer ttag
run_consumers "$scratch" "$prefix"

# Static consumers ask with --static, and get at least as much.
for package in ttag ttag_classifier; do
    for flag in $(pkg-config --libs "$package"); do
        pkg-config --static --libs "$package" | tr ' ' '\n' | grep -qxF -e "$flag" ||
            { echo "FAILED: $flag is not among the static flags of $package"; exit 1; }
    done
done
