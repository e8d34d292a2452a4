. "$LIB"
needs zsh
ttag help --completion zsh >script
zsh -n script
