# bytes that are not UTF-8 and NULs become U+FFFD and are counted
. "$LIB"
train_model
printf '{"id": "b\xff\xc3", "text": "gulls \xe2\x28\xa1 over"}\n{"id": 2, "text": "a \\u0000 and a \0 here"}\n' >feed.jsonl
ttag classify -m model.ttag --format jsonl feed.jsonl
