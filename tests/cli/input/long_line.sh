# 100 MB on one line: refused without being kept, the records around it are not lost
. "$LIB"
train_model
{
    echo '{"id": 1, "text": "gulls"}'
    printf '{"id": 2, "text": "'
    head -c 100000000 /dev/zero | tr '\0' x
    printf '"}\n{"id": 3, "text": "gulls"}\n'
} | ttag classify -m model.ttag --format jsonl
