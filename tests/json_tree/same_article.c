/* A line decoded twice. */
#include <math.h>
#include <string.h>

#include "base/view.h"
#include "tests/json_tree/same_reading.h"
#include "tests/json_tree/tree_article.h"

static bool same_text(ttag_view a, ttag_view b)
{
    if (!a.bytes || !b.bytes)
        return a.bytes == b.bytes;
    return view_equal(a, b);
}

static bool same_names(const ttag_view *a, size_t n_a, const ttag_view *b, size_t n_b)
{
    for (size_t i = 0; i < n_a && n_a == n_b; i++)
        if (!same_text(a[i], b[i]))
            return false;
    return n_a == n_b;
}

static const char *members_difference(const ttag_article *a, const ttag_article *b)
{
    const ttag_view ours[] = {a->text, a->title, a->id,      a->date,  a->source,
                              a->url,  a->group, a->article, a->record};
    const ttag_view theirs[] = {b->text, b->title, b->id,      b->date,  b->source,
                                b->url,  b->group, b->article, b->record};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (!same_text(ours[i], theirs[i]))
            return "a text";
    if (!same_names(a->tags, a->n_tags, b->tags, b->n_tags) || a->labelled != b->labelled)
        return "the tags";
    if (!same_names(a->unknown, a->n_unknown, b->unknown, b->n_unknown) ||
        a->unknown_others != b->unknown_others)
        return "the unknown tags";
    if (a->weight != b->weight || signbit(a->weight) != signbit(b->weight))
        return "the weight";
    return a->bad_bytes == b->bad_bytes && a->line == b->line ? NULL : "the counts";
}

static bool same_error(const ttag_error *a, const ttag_error *b)
{
    bool deep = strstr(a->text, "nested more than") && strstr(b->text, "unexpected characters");
    return a->code == b->code && a->line == b->line && a->column == b->column &&
           (deep || strcmp(a->text, b->text) == 0);
}

const char *article_difference(ttag_decoder *ours, ttag_view line)
{
    tree_decoder theirs = {0};
    ttag_error our_error, their_error;
    memset(&our_error, 0, sizeof our_error);
    memset(&their_error, 0, sizeof their_error);
    ttag_article article, expected;
    ttag_record record = {.bytes = line, .format = TTAG_INPUT_JSONL, .path = "feed", .line = 7};
    ttag_status status = ttag_decode(ours, &article, &record, &our_error);
    const char *difference = NULL;
    if (status != tree_decode(&theirs, &expected, &record, &their_error))
        difference = status == TTAG_OK ? "accepted by us alone" : "refused by us alone";
    else if (status == TTAG_OK)
        difference = members_difference(&article, &expected);
    else if (!same_error(&our_error, &their_error))
        difference = "the message";
    tree_decoder_dispose(&theirs);
    return difference;
}
