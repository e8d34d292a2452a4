# a taxonomy of several levels: what implies what, also where a level between is not learnt
. "$LIB"
cat >taxonomy.json <<'JSON'
{"tags":[{"name":"Oak","implies":["Tree"]},{"name":"Tree","implies":["Plant"]},
         {"name":"Plant","implies":["Life"]},{"name":"Life"},{"name":"Stone"}]}
JSON
for n in 1 2 3 4 5 6 7 8 9 10; do
    echo '{"text":"acorn leaves number '$n'","tags":["Oak"]}'
    echo '{"text":"moss grows over meadow '$n'","tags":["Plant"]}'
    echo '{"text":"a fish swims in water '$n'","tags":["Life"]}'
    echo '{"text":"granite and gravel number '$n'","tags":["Stone"]}'
done >feed.jsonl
ttag train -q feed.jsonl -o model.ttag --tags taxonomy.json --min-docs 2
ttag inspect model.ttag --format json | grep -o '"tag":"[A-Za-z]*","description":"","group":"","implies":[^]]*]'
echo '{"id":1,"text":"acorn leaves"}' >one.jsonl
shown() { ttag classify -m model.ttag --format jsonl "$@" one.jsonl | mask_numbers; }
shown
shown --no-implies
echo '{"text":"acorn leaves","tags":["Oak"]}' >test.jsonl
for options in '' '--imply-truth' '--no-implies'; do
    ttag evaluate -m model.ttag test.jsonl --format json --replicates 0 $options | grep -o '"micro": {[^}]*}'
done
# what implies itself by way of others is refused
sed 's/{"name":"Life"}/{"name":"Life","implies":["Oak"]}/' taxonomy.json >cycle.json
code ttag train feed.jsonl -o cycle.ttag --tags cycle.json
