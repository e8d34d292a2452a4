/* Passages from the splitter, windows from two places that move on word by word. */
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

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* ---- Windows. ---- */

/* Behind n words from `at`; *found is how many there were. */
static size_t behind_words(ttag_view text, size_t at, uint32_t n, uint32_t *found)
{
    size_t end = at;
    for (*found = 0; *found < n; ++*found) {
        while (at < text.size && is_space(text.bytes[at]))
            at++;
        if (at >= text.size)
            break;
        while (at < text.size && !is_space(text.bytes[at]))
            at++;
        end = at;
    }
    return end;
}

/* None where the text has no more words than one window. */
static window_walk windows_over(ttag_view text, uint32_t words)
{
    uint32_t found;
    window_walk w = {.text = text, .step = words / 2, .done = true};
    if (words == 0)
        return w;
    w.end = behind_words(text, 0, words, &found);
    w.done = w.end >= text.size;
    return w;
}

/* The last window ends with the text, and so may overlap more. */
static bool next_window(window_walk *w, ttag_view *out)
{
    if (w->done)
        return false;
    *out = (ttag_view){w->text.bytes + w->begin, w->end - w->begin};
    w->done = w->end >= w->text.size;
    uint32_t moved, skipped;
    w->end = behind_words(w->text, w->end, w->step, &moved);
    w->begin = behind_words(w->text, w->begin, moved, &skipped);
    while (w->begin < w->end && is_space(w->text.bytes[w->begin]))
        w->begin++;
    return true;
}

/* ---- Pieces. ---- */

piece_walk piece_walk_over(const ttag_article *article, const ttag_text_opts *text,
                           const ttag_passage_rule *rule)
{
    piece_walk w = {.rule = rule, .splitter = ttag_split(article->text, rule->unit)};
    w.windows.done = true;
    w.at.stream = PIECE_STREAMS - 1;
    if (text->title != TTAG_TITLE_DROP)
        w.title = article->title;
    return w;
}

static bool next_passage(piece_walk *w)
{
    w->at = (text_piece){.title = w->title.size > 0};
    if (w->at.title)
        w->at.passage.text = w->title;
    else if (!ttag_split_next(&w->splitter, &w->at.passage) && w->any)
        return false;
    w->title.size = 0;
    w->any = true;
    w->at.text = w->at.passage.text;
    return true;
}

bool piece_walk_next(piece_walk *w, text_piece *out)
{
    while (!next_window(&w->windows, &w->at.text)) {
        if (w->at.stream + 1 >= PIECE_STREAMS) {
            if (!next_passage(w))
                return false;
            break;
        }
        w->windows = windows_over(w->at.passage.text, w->rule->windows[w->at.stream]);
        w->at.stream++;
    }
    *out = w->at;
    return true;
}
