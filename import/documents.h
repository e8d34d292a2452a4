/* Paths into documents: files, those of folders and those in archives, read whole. */
#ifndef IMPORT_DOCUMENTS_H
#define IMPORT_DOCUMENTS_H

#include "ttag/import.h"

/* Is given one document after the other: what it is called and its bytes, with neither byte order
   mark nor check. What it returns ends the run unless it is TTAG_OK. */
typedef ttag_status document_seen(void *context, const char *name, ttag_view bytes,
                                  ttag_error *err);

/* Documents that cannot be read are told to the monitor and counted in *refused. Returns what
   `seen` returned, TTAG_NOMEM or TTAG_CANCELLED. */
ttag_status documents_each(const char *const *paths, size_t n_paths, const ttag_import_opts *opts,
                           document_seen *seen, void *context, size_t *refused, ttag_error *err);

#endif
