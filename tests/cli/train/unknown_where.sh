# a rule is what the records themselves might say; in training and in evaluation
. "$LIB"

head -20 "$FIXTURES/train.jsonl" | sed 's/^{/{"source":"desk",/' >said.jsonl
tail -n +21 "$FIXTURES/train.jsonl" | sed 's/^{/{"source":"wire","unknown":["Malware"],/' >>said.jsonl
sed 's/"unknown":\["Malware"\],//' said.jsonl >silent.jsonl

ttag train -q said.jsonl -o said.ttag
ttag train -q silent.jsonl -o plain.ttag
ttag train -q silent.jsonl -o rule.ttag --unknown-where 'source=wire:Mal*'
echo 'source=wire:Mal*' >rules.txt
ttag train -q silent.jsonl -o file.ttag --unknown-where @rules.txt
same rule.ttag file.ttag
for model in said plain rule; do
    ttag classify -m $model.ttag --all --format tsv "$FIXTURES/test.jsonl" >$model.tsv
done
same said.tsv rule.tsv
cmp -s said.tsv plain.tsv || echo "another without"
ttag inspect --card rule.ttag | grep -o '"unknown_where":[^]]*.'
ttag evaluate -q -m rule.ttag said.jsonl --format json >said.json
ttag evaluate -q -m rule.ttag silent.jsonl --unknown-where 'source=wire:Mal*' --format json >rule.json
same said.json rule.json

# the name of the feed where there is no source
ttag train -q silent.jsonl -o file.ttag --unknown-where 'file=silent.*:Phishing'
ttag train -q silent.jsonl -o all.ttag --unknown-where 'source=*:Phishing'
for model in file all; do
    ttag classify -m $model.ttag --all --format tsv "$FIXTURES/test.jsonl" >$model.tsv
done
same file.tsv all.tsv

# parts of an evaluation belong to the same rules
for i in 1 2; do
    ttag evaluate -q -m rule.ttag silent.jsonl --shard $i/2 --part $i.part --unknown-where 'source=wire:Mal*'
done
ttag merge -q --format json 1.part 2.part >merged.json
same rule.json merged.json
ttag evaluate -q -m rule.ttag silent.jsonl --shard 2/2 --part 2.part
code ttag merge 1.part 2.part

# of no use
ttag train --log-level warning silent.jsonl -o rule.ttag --unknown-where 'source=nobody:*' --unknown-where 'source=wire:Worm*'
ttag evaluate -m rule.ttag silent.jsonl --unknown-where 'source=nobody:*' --format json >rule.json
code ttag train -q silent.jsonl -o rule.ttag --unknown-where 'source=wire'
code ttag evaluate -q -m rule.ttag silent.jsonl --unknown-where 'date=1:*'
code ttag evaluate -q -m rule.ttag silent.jsonl --unknown-where @nowhere
