/* The settings that `ttag train --tune` compared, out of a model's card. */
#include <string.h>

#include "cli/console.h"
#include "cli/inspect.h"
#include "cli/nearest.h"
#include "cli/number_words.h"

/* A scalar in a column, cut at its width; "-" for what is not there. */
static void column(FILE *out, const card_node *row, const char *name, int width)
{
    const char *text = card_text(card_find(row, name));
    ttag_view view = text_view(text && strcmp(text, "null") != 0 ? text : "-");
    if (view.size > (size_t)width - 1)
        view.size = (size_t)width - 1;
    fprintf(out, "%*s", width - (int)view.size, "");
    write_shown(out, view);
}

/* A number with four decimals, in ten columns. */
static void number(FILE *out, const card_node *row, const char *name, const char *format)
{
    double value;
    const char *text = card_text(card_find(row, name));
    if (text && number_parse(text, &value))
        fprintf(out, format, value);
    else
        fprintf(out, "%10s", "-");
}

static bool is_chosen(const card_node *row)
{
    const char *chosen = card_text(card_find(row, "chosen"));
    return chosen && strcmp(chosen, "true") == 0;
}

void inspect_tune_text(FILE *out, const card_node *card)
{
    const card_node *rows = card_find(card, "tune");
    const card_node *row = card_element(rows, 0);
    if (!row)
        return;
    fprintf(out, "\n%s%7s%8s%9s%9s%11s%10s%10s%10s%10s%10s%10s\n", "compared", "words", "chars",
            "scaling", "cost", "cuts", "micro-F1", "spread", "macro-F1", "spread", "gain", "error");
    for (size_t k = 0; row; row = card_element(rows, ++k)) {
        fprintf(out, "%c %6zu", is_chosen(row) ? '*' : ' ', k + 1);
        column(out, row, "word_ngrams", 7);
        column(out, row, "char_ngrams", 8);
        column(out, row, "term_scaling", 9);
        number(out, row, "cost", "%9.4g");
        column(out, row, "thresholds", 11);
        number(out, row, "micro_f1", "%10.4f");
        number(out, row, "micro_f1_spread", "%10.4f");
        number(out, row, "macro_f1", "%10.4f");
        number(out, row, "macro_f1_spread", "%10.4f");
        number(out, row, "gain", "%+10.4f");
        number(out, row, "gain_error", "%10.4f");
        fputc('\n', out);
    }
}
