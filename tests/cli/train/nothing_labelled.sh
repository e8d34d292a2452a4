. "$LIB"
for i in 1 2 3; do echo "{\"text\": \"article $i has no tags\"}"; done >feed.jsonl
ttag train feed.jsonl -o model.ttag
