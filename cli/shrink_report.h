/* What ttag shrink reports. */
#ifndef CLI_SHRINK_REPORT_H
#define CLI_SHRINK_REPORT_H

#include <stdio.h>

#include "ttag/shrink.h"

typedef struct shrink_report {
    const ttag_shrunk *done;
    const ttag_model *before;
    const char *before_path;
    const ttag_model *after; /* NULL: nothing was saved */
    const char *after_path;
} shrink_report;

void shrink_report_text(FILE *out, const shrink_report *r);
void shrink_report_json(FILE *out, const shrink_report *r);

#endif
