/* The support vectors of an RBF model, on their way into a model file and out of it. */
#ifndef CLASSIFY_MODEL_VECTORS_H
#define CLASSIFY_MODEL_VECTORS_H

#include "classify/model_file.h"

/* What is wrong with the vectors or their coefficients, or NULL. Looks at every value. */
const char *support_vectors_trouble(const ttag_model_parts *parts);

model_kernel model_kernel_encode(const ttag_model_parts *parts);

/* Reads section "kernel", checks the sizes of the sections that follow it and that their starts
   rise, and points model->parts.support at them. TTAG_OK or TTAG_FORMAT. */
ttag_status model_vectors_decode(ttag_model *model, ttag_error *err);

#endif
