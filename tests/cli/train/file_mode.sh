. "$LIB"
umask 027
train_model --report card.json
stat -c '%n %a' model.ttag card.json
