/* The section table of a model file: checked before anything that it points to. */
#ifndef CLASSIFY_MODEL_SECTIONS_H
#define CLASSIFY_MODEL_SECTIONS_H

#include "classify/model_file.h"

/* Checks mark, header and table, finds the parts that any model has, and checks the bytes of small
   sections. Fills model->sections, n_sections and found. */
ttag_status model_sections_read(ttag_model *model, ttag_error *err);

/* TTAG_FORMAT unless the file has this section. */
ttag_status model_check_there(const ttag_model *model, model_part part, ttag_error *err);

/* TTAG_FORMAT unless a section has count x width items of `size` bytes. */
ttag_status model_check_size(const ttag_model *model, model_part part, uint64_t count, size_t width,
                             size_t size, ttag_error *err);

/* TTAG_FORMAT, with this reason. */
ttag_status model_refuse(const ttag_model *model, ttag_error *err, const char *why);

#endif
