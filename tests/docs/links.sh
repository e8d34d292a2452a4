#!/bin/sh
# Every relative link of every Markdown file leads to a file, and to a heading where it names one;
# every page of docs/ that sources and pages speak of is there: links.sh TOP
cd "$1" || exit 2
broken=$(mktemp) || exit 2
trap 'rm -f "$broken"' EXIT

sources() { # names as find takes them
    find . \( -name .git -o -name build -o -name demo \) -prune -o -type f \( "$@" \) -print | sort
}

# Headings as anchors: lower case, without punctuation, blanks as hyphens.
anchors() {
    grep -E '^#+ ' "$1" | sed -E 's/^#+ +//; s/[^[:alnum:] _-]//g; s/ /-/g' |
        tr '[:upper:]' '[:lower:]'
}

# FILE<tab>TARGET for each link outside code blocks and spans
links() {
    sources -name '*.md' | while IFS= read -r page; do
        awk '/^ *```/ { code = !code; next } !code' "$page" | sed 's/`[^`]*`//g' |
            grep -oE '\]\([^)]*\)' | sed -E 's/^\]\(//; s/\)$//' |
            sed "s,^,$page	,"
    done
}

tab=$(printf '\t')
links | while IFS=$tab read -r page target; do
    case $target in
    http://* | https://* | mailto:*) continue ;;
    esac
    file=${target%%#*}
    path=$page
    [ -z "$file" ] || path=$(dirname "$page")/$file
    [ -e "$path" ] || { echo "$page: no such file: $target"; continue; }
    case $target in
    *#*) anchors "$path" | grep -qxF -e "${target#*#}" || echo "$page: no such heading: $target" ;;
    esac
done >"$broken"

sources -name '*.md' -o -name '*.[ch]' -o -name '*.py' -o -name '*.sh' -o -name '*.txt' |
    grep -v '^./tests/docs/links\.sh$' | xargs grep -noE '(^|[^[:alnum:]/._-])docs/[a-z-]+\.md' |
    while IFS= read -r found; do
        page=docs/${found##*docs/}
        [ -e "$page" ] || echo "${found%:*}: no such file: $page"
    done >>"$broken"

cat "$broken"
[ ! -s "$broken" ]
