/* Classifying into a database: of ttag alone, for ttag-classify is to link no SQLite. */
#ifndef CLI_DATABASE_OUT_H
#define CLI_DATABASE_OUT_H

#include "ttag/classify.h"

/* `model_path`: the run is named after the file. */
typedef ttag_status database_writer(const ttag_model *model, const char *model_path,
                                    ttag_reader *feed, const char *path,
                                    const ttag_classify_opts *opts, ttag_classify_counts *counts,
                                    ttag_error *err);

database_writer database_out;

#endif
