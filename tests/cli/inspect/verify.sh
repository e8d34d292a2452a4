. "$LIB"
train_model
code ttag inspect --verify model.ttag
code ttag inspect -v --verify -m model.ttag
