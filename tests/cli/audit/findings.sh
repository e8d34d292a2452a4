# what is wrong with a small feed, told as text and as JSON, the same for any number of threads
. "$LIB"

passage='The harbour master said that nobody had asked for the keys of the third crane, that the crane had nonetheless moved by itself between two and four in the morning, and that the police had been told of it at once.'
{
    for n in 1 2 3 4 5 6; do
        echo "{\"id\":\"m$n\",\"source\":\"Gazette\",\"text\":\"Malware number $n was found in a bakery till.\\nSubscribe to the Gazette\",\"tags\":[\"Malware\",\"Crime\"]}"
        echo "{\"id\":\"p$n\",\"source\":\"Courier\",\"text\":\"A patch for kettle firmware $n is out.\",\"tags\":[\"Patch\"]}"
    done
    echo "{\"id\":\"long\",\"source\":\"Courier\",\"text\":\"From the port. $passage Nothing was stolen.\",\"tags\":[\"Crime\"]}"
    echo "{\"id\":\"same\",\"source\":\"Gazette\",\"text\":\"FROM THE PORT! $passage Nothing was stolen\",\"tags\":[]}"
    echo "{\"id\":\"other\",\"source\":\"Courier\",\"text\":\"What we know of the crane: it is green, it weighs ninety tons, and it was bought from a shipyard that no longer exists. $passage The insurance does not pay. A second crane stands beside it, and a third one, painted yellow last spring, is used for containers that nobody has come to fetch since the autumn before the last, as the port office says.\"}"
} >feed.jsonl
ttag audit feed.jsonl --no-labels
ttag audit -q feed.jsonl --no-labels --format json --threads 1 -o one.json
ttag audit -q feed.jsonl --no-labels --format json --threads 3 -o three.json
same one.json three.json
cat one.json
