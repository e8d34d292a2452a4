/* --threshold, of the commands that measure models. */
#ifndef CLI_CUT_RULE_H
#define CLI_CUT_RULE_H

/* Stores cut and probability in a ttag_evaluate_opts; returns NULL, or what was expected. */
const char *cut_parse(void *evaluate_opts, const char *text);

#define CUT_ARGUMENT "none|model|X"

#endif
