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

# a figure that there is not is told before the feed is read; one that no model has, before the model
early() { code ttag evaluate "$@" -o report --fail-under "$gate"; }
for gate in micro.f2=0.1 Malware.f2=0.1 mapp=0.1; do early -m nowhere.ttag nowhere.jsonl; done
for gate in mirco.f1=0.1 Malwear.f1=0.1 'Security news.f1=0.1' Rare.recall=0.1; do early -m model.ttag nowhere.jsonl; done
ls report 2>/dev/null
