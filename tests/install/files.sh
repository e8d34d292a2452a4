#!/bin/sh
# Installs the build and looks whether all is there and runs:
# files.sh SOURCE PREFIX COMPILER CMAKE BUILD VERSION
set -eu
source=$1 prefix=$2 cmake=$4 build=$5 version=$6
failed=

fail() {
    echo "FAILED: $1"
    failed=yes
}

# there NAME: a file of that name below the prefix, with something in it
there() {
    find "$prefix" -path "*/$1" -size +0c | grep -q . || fail "no $1 is installed"
}

rm -rf "$prefix"
"$cmake" --install "$build" --prefix "$prefix" >"$build/install.log" 2>&1 || {
    cat "$build/install.log"
    exit 1
}

for program in ttag ttag-classify; do
    said=$("$prefix/bin/$program" --version)
    [ "$said" = "$program $version" ] || fail "$program --version says: $said"
    there "share/man/man1/$program.1"
    there "share/bash-completion/completions/$program"
done
for command in train classify evaluate inspect export; do
    "$prefix/bin/ttag" help "$command" | grep -q "^usage: ttag $command" || fail "help $command"
done
for command in train evaluate inspect export; do
    there "share/man/man1/ttag-$command.1"
done
there share/zsh/site-functions/_ttag
there share/ttag/taxonomy.json
there share/ttag/rules.json
for model in "$source"/models/*.ttag; do
    there "share/ttag/${model##*/}"
done
given=$(cd "$prefix" && env -u TTAG_MODEL XDG_DATA_HOME=/nowhere bin/ttag-classify \
    "$source/examples/article.txt") || fail "the installed model is not found"
case $given in *Malware*) ;; *) fail "the installed model says: $given" ;; esac
for file in ttag-config.cmake ttag-config-version.cmake ttag-targets.cmake; do
    there "cmake/ttag/$file"
done
for name in ttag ttag_classifier; do
    there "pkgconfig/$name.pc"
done
for header in "$source"/include/ttag/*.h; do
    there "include/ttag/${header##*/}"
done

# Nothing names the place where it was built; what is installed may be moved.
grep -rIlF "$source" "$prefix" && fail "these files name the place where they were built"

# The classifier alone needs neither libsvm nor BLAS nor cJSON.
if command -v ldd >/dev/null; then
    ldd "$prefix/bin/ttag-classify" | grep -E 'libsvm|blas|cjson|stdc\+\+' &&
        fail "ttag-classify links more than a classifier needs"
fi

# What consumers are run on.
"$prefix/bin/ttag" train -q "$source/datasets/starter/train.jsonl" -o "$prefix/starter.ttag"
[ -z "$failed" ]
