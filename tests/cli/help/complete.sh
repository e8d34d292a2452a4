# every page: within 80 columns, with options, examples and exit codes
for command in '' train classify evaluate merge calibrate shrink inspect export; do
    ttag help $command >page
    awk 'length > 80 && !/^    / { print "too long: " $0 }' page
    grep -q '^usage: ttag' page && grep -q '^Examples:$' page && grep -q '^Exit codes:$' page ||
        echo "something is missing in ttag help $command"
done
