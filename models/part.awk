# The records of one part of a feed: awk -v from=0 -v to=20 -f part.awk FEED. Which part a record
# belongs to, of a hundred, is told by its id alone, so that it stays there when the source grows.
BEGIN {
    for (i = 32; i < 127; i++)
        number[sprintf("%c", i)] = i
}

match($0, /"id":"[^"]*"/) {
    id = substr($0, RSTART + 6, RLENGTH - 7)
    hash = 0
    for (i = 1; i <= length(id); i++)
        hash = (hash * 131 + number[substr(id, i, 1)]) % 1000003
    if (hash % 100 >= from && hash % 100 < to)
        print
}
