/* From the sections of an open model to its options and decisions. */
#ifndef CLASSIFY_MODEL_OPTIONS_H
#define CLASSIFY_MODEL_OPTIONS_H

#include "classify/model_file.h"

/* Fills model->parts but for tags, vocabulary and card; checks sizes of sections, and which must be
   there for what the options say. */
ttag_status model_options_decode(ttag_model *model, ttag_error *err);

#endif
