/* A feed from the reader to any sink. */
#ifndef CLASSIFY_STREAM_H
#define CLASSIFY_STREAM_H

#include "classify/sink.h"
#include "ttag/classify.h"

/* ttag_classify_stream with a sink that is open; `opts` is not NULL and of a known format. */
ttag_status stream_classify(const ttag_model *model, ttag_reader *feed, sink *out,
                            const ttag_classify_opts *opts, ttag_classify_counts *counts,
                            ttag_error *err);

#endif
