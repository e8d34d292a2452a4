# neither the trainer's libraries nor the trainer
. "$LIB"
needs ldd
ldd "$(command -v ttag-classify)" >libraries 2>&1
grep -iE 'libsvm|blas|lapack|cjson' libraries
grep -qE "libc|not a dynamic executable" libraries && echo "has libc, or all in it"
