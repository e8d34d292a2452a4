# The records of one part of a feed: awk -v from=0 -v to=20 -f part.awk FEED. Which part a record
# belongs to, of a hundred, is told by its id alone, or by the field that -v field=NAME names, so that it
# stays there when the source grows.
BEGIN {
    if (!field)
        field = "id"
    for (i = 32; i < 127; i++)
        number[sprintf("%c", i)] = i
}

match($0, "\"" field "\": *\"[^\"]*\"") {
    name = substr($0, RSTART, RLENGTH - 1)
    sub(/^[^:]*: *"/, "", name)
    hash = 0
    for (i = 1; i <= length(name); i++)
        hash = (hash * 131 + number[substr(name, i, 1)]) % 1000003
    if (hash % 100 >= from && hash % 100 < to)
        print
}
