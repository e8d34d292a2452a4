. "$LIB"
train_model
gate() { code ttag evaluate -m model.ttag "$FIXTURES/test.jsonl" -o /dev/null "$@"; }
gate --fail-under micro.f1=0.5
gate --fail-under micro.f1=1 --fail-under Malware.recall=1 --fail-under map=0.99
gate --fail-under micro.f1=1.01 --fail-under samples=0.9 --fail-under macro.f1=0.1
gate --fail-under hamming_loss=0.5
gate --fail-under hamming_loss=-0.1
gate --fail-under 'Security News.f1=1.5'
gate --fail-under micro
gate --fail-under micro.f1=
gate --fail-under micro.f1=high
gate --fail-under =1
gate --fail-under malwere.f1=0.1
gate --fail-under hammingloss=0.1
gate --fail-under quux=0.1
