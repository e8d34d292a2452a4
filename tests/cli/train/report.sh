. "$LIB"
needs python3
train_model --report card.json
python3 - <<'PYTHON'
import json
card = json.load(open("card.json"))
print(card["data"]["articles"], len(card["tags"]))
PYTHON
ttag inspect --card model.ttag | python3 -c 'import json, sys; print(json.load(sys.stdin) == json.load(open("card.json")))'
train_model --report - | head -n 1
