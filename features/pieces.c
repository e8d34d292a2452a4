/* Passages from the splitter; rules that make sense. */
#include "features/pieces.h"

#include <math.h>

enum { WINDOW_LEAST = 2, WINDOW_MOST = 1000, TOP_MOST = 3 };

static const float FACTOR_MOST = 1e6F;

const char *passage_rule_trouble(const ttag_passage_rule *rule)
{
    if ((unsigned)rule->unit > TTAG_UNIT_PARAGRAPH)
        return "the unit is unknown; expected article, sentence or paragraph";
    if (rule->unit == TTAG_UNIT_ARTICLE)
        return rule->windows[0] || rule->windows[1] || rule->top
                   ? "a rule for passages is given, but the unit is the article"
                   : NULL;
    for (int i = 0; i < 2; i++)
        if (rule->windows[i] && (rule->windows[i] < WINDOW_LEAST || rule->windows[i] > WINDOW_MOST))
            return "the size of a window is out of range; expected 0, or 2 to 1000 words";
    if (rule->windows[1] && !rule->windows[0])
        return "there is a second size of windows, but no first one";
    if (rule->top < 1 || rule->top > TOP_MOST)
        return "the number of best passages is out of range; expected 1 to 3";
    return NULL;
}

const char *second_stage_trouble(const ttag_second_stage *stage, const ttag_passage_rule *rule)
{
    const float numbers[] = {stage->best[0], stage->best[1], stage->best[2], stage->length,
                             stage->offset};
    bool zero = true, bounded = true;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        zero = zero && numbers[i] == 0;
        bounded = bounded && fabsf(numbers[i]) <= FACTOR_MOST;
    }
    if (!stage->used)
        return zero ? NULL : "the second stage is not used, but has factors";
    if (rule->unit == TTAG_UNIT_ARTICLE || rule->top != TOP_MOST)
        return "a second stage wants passages, of which the best three count";
    return bounded ? NULL : "a factor of the second stage is out of range; expected -1e6 to 1e6";
}

piece_walk piece_walk_over(const ttag_article *article, const ttag_text_opts *text, ttag_unit unit)
{
    piece_walk w = {.splitter = ttag_split(article->text, unit)};
    if (text->title != TTAG_TITLE_DROP)
        w.title = article->title;
    return w;
}

bool piece_walk_next(piece_walk *w, text_piece *out)
{
    text_piece next = {.title = w->title.size > 0};
    if (next.title)
        next.passage.text = w->title;
    else if (!ttag_split_next(&w->splitter, &next.passage) && w->any)
        return false;
    w->title.size = 0;
    w->any = true;
    *out = next;
    return true;
}
