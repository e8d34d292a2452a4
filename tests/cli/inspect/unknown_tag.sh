. "$LIB"
train_model
code ttag inspect model.ttag malwere
code ttag inspect model.ttag quux
code ttag inspect model.ttag Malware --card
code ttag inspect model.ttag Malware --verify
