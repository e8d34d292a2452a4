. "$LIB"
train_model --preset plain
ttag inspect model.ttag | mask_numbers | sed -E 's/[0-9a-f]{32}/DIGEST/; s/^(model .*, ).*/\1SIZE/' | grep -v -E '^(program|libraries|solver)'
ttag inspect -m model.ttag >1
ttag inspect model.ttag >2
same 1 2
