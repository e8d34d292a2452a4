. "$LIB"
mkdir disk
unshare -m true 2>/dev/null && unshare -m mount -t tmpfs none disk 2>/dev/null ||
    skip "no file system can be mounted"
cat >within <<'SCRIPT'
mount -t tmpfs -o size=8k none disk
echo old >disk/model.ttag
ttag train "$FIXTURES/train.jsonl" -o disk/model.ttag
echo "exit $?"
cat disk/model.ttag
ls disk
SCRIPT
unshare -m bash within
