ttag help --completion bash >script
bash -n script
. ./script
complete() { :; }
try() {
    COMP_WORDS=("$@")
    COMP_CWORD=$(($# - 1))
    _ttag
    echo "$*: ${COMPREPLY[*]}"
}
try ttag tr
try ttag train --pre
try ttag train --preset ''
try ttag train --preset = pl
try ttag classify --no-
try ttag classify -m ''
try ttag-classify --form
try ttag-classify --format j
try /usr/bin/ttag-classify --expl
