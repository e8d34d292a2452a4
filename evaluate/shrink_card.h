/* What a smaller model's card says of how it was made. */
#ifndef EVALUATE_SHRINK_CARD_H
#define EVALUATE_SHRINK_CARD_H

#include "base/buffer.h"
#include "classify/model_file.h"
#include "ttag/shrink.h"

/* The large model's card with a member "shrunk" behind its others. TTAG_OK, TTAG_NOMEM,
   TTAG_FORMAT (its card is no JSON object). */
ttag_status shrink_card(buffer *out, const ttag_model *large, const ttag_shrunk *facts,
                        ttag_weight_type type, ttag_error *err);

#endif
