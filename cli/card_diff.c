/* Cards side by side, scalar by scalar. */
#include <stdlib.h>
#include <string.h>

#include "cli/model_diff.h"
#include "cli/nearest.h"

/* A line of card_write_lines. */
typedef struct card_line {
    ttag_view name, value;
} card_line;

static int by_name(const void *a, const void *b)
{
    const card_line *x = a, *y = b;
    size_t size = x->name.size < y->name.size ? x->name.size : y->name.size;
    int order = memcmp(x->name.bytes, y->name.bytes, size);
    return order != 0 ? order : (x->name.size > y->name.size) - (x->name.size < y->name.size);
}

static card_line read_line(const char *line, size_t size)
{
    size_t name = 0;
    while (name < size && line[name] != ' ')
        name++;
    size_t value = name;
    while (value < size && line[value] == ' ')
        value++;
    return (card_line){{line, name}, {line + value, size - value}};
}

/* The card's lines by name, yours to free; NULL: no memory. *text is what they point into. */
static card_line *read_lines(char **text, size_t *n, const card_node *card)
{
    size_t size = 0, lines = 0;
    FILE *out = open_memstream(text, &size);
    if (!out)
        return NULL;
    card_write_lines(out, card, "");
    bool ok = !ferror(out);
    if (fclose(out) != 0 || !ok)
        return NULL;
    for (size_t i = 0; i < size; i++)
        lines += (*text)[i] == '\n';
    card_line *list = calloc(lines + 1, sizeof *list);
    *n = 0;
    for (const char *at = *text, *end; list && *n < lines; at = end + 1) {
        end = strchr(at, '\n');
        list[(*n)++] = read_line(at, (size_t)(end - at));
    }
    if (list && *n > 0)
        qsort(list, *n, sizeof *list, by_name);
    return list;
}

static void merge(card_diff *d, const card_line *a, size_t n_a, const card_line *b, size_t n_b)
{
    for (size_t i = 0, k = 0; i < n_a || k < n_b;) {
        int order = i == n_a ? 1 : k == n_b ? -1 : by_name(&a[i], &b[k]);
        card_change c = {order <= 0 ? a[i].name : b[k].name, {{NULL, 0}, {NULL, 0}}};
        if (order <= 0)
            c.values[0] = a[i++].value;
        if (order >= 0)
            c.values[1] = b[k++].value;
        if (order != 0 || !same_text(c.values[0], c.values[1]))
            d->changes[d->n_changes++] = c;
    }
}

bool card_diff_make(card_diff *d, const card_node *a, const card_node *b)
{
    size_t n_a = 0, n_b = 0;
    card_line *of_a = read_lines(&d->texts[0], &n_a, a);
    card_line *of_b = of_a ? read_lines(&d->texts[1], &n_b, b) : NULL;
    if (of_b)
        d->changes = calloc(n_a + n_b + 1, sizeof *d->changes);
    if (d->changes)
        merge(d, of_a, n_a, of_b, n_b);
    free(of_a);
    free(of_b);
    return d->changes != NULL;
}

void card_diff_dispose(card_diff *d)
{
    free(d->texts[0]);
    free(d->texts[1]);
    free(d->changes);
    *d = (card_diff){{NULL, NULL}, NULL, 0};
}
