# five columns; help, manual page and completions know each option
ttag help --completion bash >bash
ttag help --completion zsh >zsh
for command in train classify evaluate merge calibrate shrink inspect export; do
    ttag $command --dump-options >table
    awk -F '\t' -v c=$command 'NF != 5 { print c ": " NF " columns: " $0 }' table
    [ "$(wc -l <table)" -lt 110 ] || echo "$command: more options than a parsed_line can note"
    cut -f 1 table | sort | uniq -d
    cut -f 2 table | grep . | sort | uniq -d
    ttag help $command >page
    cut -f 1 table | sed 's/\[no-\]//' | while read -r name; do
        grep -q -e "--.*${name#--}" page || echo "$command: $name is not in the help"
        grep -qF -e "$(sed "s/-/\\\\-/g" <<<"${name#--}")" "$SOURCE/man/ttag-$command.1" ||
            echo "$command: $name is not in the manual"
        grep -q -e " $name\\b" bash || echo "$command: $name is not completed by bash"
        grep -q -e "'\*\?$name[=[]" zsh || echo "$command: $name is not completed by zsh"
    done
done
ttag train --dump-options | grep -e --folds
