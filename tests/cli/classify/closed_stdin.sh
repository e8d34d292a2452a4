. "$LIB"
train_model
ttag classify -m model.ttag <&-
