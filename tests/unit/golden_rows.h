/* The articles of golden/train: rows, labels and what others computed from them. */
#ifndef UNIT_GOLDEN_ROWS_H
#define UNIT_GOLDEN_ROWS_H

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "ttag/features.h"
#include "unit.h"

enum { GOLDEN_ROWS = 90, GOLDEN_COLUMNS = 40, GOLDEN_ENTRIES = 1000 };

/* The text of a file, to be freed with mem_free. */
static inline char *golden_text(const char *path)
{
    static const size_t MOST = 1 << 16;
    char *text = mem_zero(MOST, 1);
    FILE *file = fopen(path, "rb");
    assert_true(text && file);
    assert_true(fread(text, 1, MOST - 1, file) > 0);
    fclose(file);
    return text;
}

/* starts: GOLDEN_ROWS + 1; terms, values: GOLDEN_ENTRIES; truth: GOLDEN_ROWS. Returns them as a
   matrix. */
static inline ttag_matrix golden_rows_read(size_t *starts, uint32_t *terms, float *values,
                                           signed char *truth)
{
    char *text = golden_text("golden/train/decisions.txt");
    char *cursor = text;
    size_t end = 0;
    assert_int_equal(strtol(cursor, &cursor, 10), GOLDEN_ROWS);
    assert_int_equal(strtol(cursor, &cursor, 10), GOLDEN_COLUMNS);
    starts[0] = 0;
    for (size_t i = 0; i < GOLDEN_ROWS; i++) {
        truth[i] = (signed char)strtol(cursor, &cursor, 10);
        strtod(cursor, &cursor); /* libsvm's decision */
        for (long left = strtol(cursor, &cursor, 10); left > 0; left--) {
            terms[end] = (uint32_t)strtol(cursor, &cursor, 10);
            cursor++;
            values[end++] = strtof(cursor, &cursor);
        }
        starts[i + 1] = end;
    }
    mem_free(text);
    return (ttag_matrix){GOLDEN_ROWS, GOLDEN_COLUMNS, starts, terms, values};
}

#endif
