# neither the trainer's libraries nor the trainer
. "$LIB"
needs ldd
ldd "$(command -v ttag-classify)" >libraries
grep -iE 'libsvm|blas|lapack|cjson' libraries
grep -q libc libraries && echo "has libc"
