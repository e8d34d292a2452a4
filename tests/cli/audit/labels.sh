# labels that models contradict: one was swapped
. "$LIB"

awk 'BEGIN {
    for (n = 0; n < 120; n++) {
        worm = n % 2
        tagged = n == 41 || n == 60 ? !worm : worm
        printf "{\"id\":%d,\"text\":\"%s %d\",\"tags\":[%s]}\n", n,
            worm ? "the worm crawled through the office printer" : "the kettle in the kitchen was repaired", n,
            tagged ? "\"Malware\"" : ""
    }
}' >feed.jsonl
ttag audit -q feed.jsonl | sed -n '/^Labels/,/^$/p' | mask_numbers
ttag audit -q feed.jsonl --similarity 1 | sed -n '/^Labels/,/^$/p' | mask_numbers
