/* Gains, and how sure they are, in words. */
#include "evaluate/curve_words.h"

void curve_put_verdict(buffer *b, const ttag_curve *c)
{
    static const char *const VERDICTS[] = {
        [TTAG_CURVE_RISES] = "More labels help",
        [TTAG_CURVE_FLAT] = "More labels of this kind hardly help",
        [TTAG_CURVE_OPEN] = "Whether more labels help cannot be told from so few",
    };
    const ttag_curve_point *last = &c->points[c->n_points - 1], *before = last - 1;
    const ttag_change *gain = &last->micro_gain;
    buffer_printf(
        b,
        "%s: from %.0f to %.0f articles micro-F1 went from %.3f to %.3f, by %+.3f (95 %%: "
        "%+.3f to %+.3f).",
        VERDICTS[c->verdict], before->articles, last->articles, gain->a, gain->b, gain->b - gain->a,
        gain->change.low, gain->change.high);
}

static double gain_of(const ttag_curve_tag *tag)
{
    return tag->gain.b - tag->gain.a;
}

size_t curve_rank_risers(size_t *order, const ttag_curve *c)
{
    size_t n = 0;
    for (size_t t = 0; t < c->n_tags; t++) {
        if (!(c->tags[t].gain.change.low > 0))
            continue;
        size_t at = n++;
        for (; at > 0 && gain_of(&c->tags[order[at - 1]]) < gain_of(&c->tags[t]); at--)
            order[at] = order[at - 1];
        order[at] = t;
    }
    return n;
}
