/* Lines that repeat in FEEDs, learnt before these are read for what they say. */
#ifndef CLI_REPEATS_H
#define CLI_REPEATS_H

#include "cli/command.h"
#include "ttag/boilerplate.h"

/* Patterns, and what repeats in the operands of `call` that are files or folders: others can be
   read only once. *learner owns what `found` borrows; free it in any case. */
ttag_status repeats_learn(ttag_repeat_learner **learner, ttag_boilerplate *found,
                          const invocation *call, const ttag_reader_opts *opts, ttag_error *err);

#endif
