# --unordered: the same records, but none waits for a slower one
. "$LIB"
train_model
awk 'BEGIN { printf "{\"id\":0,\"text\":\""; for (i = 0; i < 1000000; i++) printf "gulls ferry harbour %d ", i; print "\"}"
    for (i = 1; i <= 3000; i++) printf "{\"id\":%d,\"text\":\"gulls\"}\n", i }' >feed.jsonl
ttag classify -m model.ttag --threads 2 feed.jsonl >ordered
ttag classify -m model.ttag --threads 2 --unordered feed.jsonl >unordered
head -n 1 ordered | cut -f 1
head -n 1 unordered | cut -f 1
sort ordered >1
sort unordered | cmp - 1 && echo "the same records"
