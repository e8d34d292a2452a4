. "$LIB"
needs mandoc
mandoc -Tlint -W warning "$SOURCE"/man/*.1
