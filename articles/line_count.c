/* Line breaks up to a place. */
#include "articles/line_count.h"

#include <string.h>

size_t line_count_at(line_count *count, const char *at)
{
    while (count->counted < at) {
        const char *end = memchr(count->counted, '\n', (size_t)(at - count->counted));
        count->line += end != NULL;
        count->counted = end ? end + 1 : at; /* none is looked at twice */
    }
    return count->line;
}
