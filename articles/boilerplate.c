/* Lines and shortcodes to spans. */
#include "ttag/boilerplate.h"

#include <string.h>

#include "articles/line_fold.h"
#include "articles/line_patterns.h"
#include "articles/shortcode.h"
#include "base/ascii.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/view.h"

struct ttag_boilerplate_finder {
    ttag_boilerplate what;
    line_patterns patterns;
    bool ready; /* patterns have been read, which is done when the first text may hold some */
    folded_line line;
    ttag_dropped *dropped;
    size_t n_dropped, capacity;
    bool any_left; /* a word that is not dropped */
};

const char *ttag_boilerplate_check(const ttag_boilerplate *b)
{
    if (b->n_repeated > TTAG_REPEATED_MOST)
        return "there are over 65536 lines that repeat";
    if (b->n_repeated > 0 && (!b->patterns || !b->repeated))
        return "lines that repeat are boilerplate only beside patterns";
    for (size_t i = 1; i < b->n_repeated; i++)
        if (b->repeated[i - 1] >= b->repeated[i])
            return "the hashes of lines that repeat do not rise";
    return NULL;
}

ttag_status ttag_boilerplate_finder_new(ttag_boilerplate_finder **out, const ttag_boilerplate *what,
                                        ttag_error *err)
{
    *out = NULL;
    const char *trouble = ttag_boilerplate_check(what);
    if (trouble)
        return fail(err, TTAG_INVALID, "%s", trouble);
    ttag_boilerplate_finder *f = mem_zero(1, sizeof *f);
    if (!f)
        return fail_memory(err);
    f->what = *what;
    *out = f;
    return TTAG_OK;
}

static bool make_ready(ttag_boilerplate_finder *f)
{
    const ttag_view text = {boilerplate_patterns, boilerplate_patterns_size};
    if (!f->ready && !line_patterns_read(&f->patterns, text)) {
        line_patterns_dispose(&f->patterns);
        return false;
    }
    f->ready = true;
    return true;
}

static bool is_repeated(const ttag_boilerplate *b, uint64_t hash)
{
    size_t low = 0, high = b->n_repeated;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (b->repeated[middle] < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low < b->n_repeated && b->repeated[low] == hash;
}

static bool drop(ttag_boilerplate_finder *f, ttag_view text, ttag_drop_reason why)
{
    if (!mem_grow(&f->dropped, &f->capacity, f->n_dropped + 1, sizeof *f->dropped))
        return false;
    f->dropped[f->n_dropped++] = (ttag_dropped){text, why};
    return true;
}

/* Whether there is nothing but white space between both. */
static bool touch(const ttag_dropped *a, const ttag_dropped *b)
{
    const char *between = a->text.bytes + a->text.size;
    while (between < b->text.bytes && (*between == ' ' || (*between >= '\t' && *between <= '\r')))
        between++;
    return between == b->text.bytes;
}

/* Neighbours with the same reason become one. */
static void join_spans(ttag_boilerplate_finder *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->n_dropped; i++) {
        const ttag_dropped next = f->dropped[i];
        ttag_dropped *last = n > 0 ? &f->dropped[n - 1] : NULL;
        if (last && last->why == next.why && touch(last, &next))
            last->text.size = (size_t)(next.text.bytes + next.text.size - last->text.bytes);
        else
            f->dropped[n++] = next;
    }
    f->n_dropped = n;
}

/* The shortcodes of a line that is not dropped itself. */
static bool drop_shortcodes(ttag_boilerplate_finder *f, ttag_view line)
{
    for (size_t at = 0; at < line.size;) {
        const char *bracket = memchr(line.bytes + at, '[', line.size - at);
        if (!bracket)
            break;
        at = (size_t)(bracket - line.bytes);
        size_t length = shortcode_at(line, at, &f->patterns);
        if (length > 0 && !drop(f, (ttag_view){bracket, length}, TTAG_DROP_PATTERN))
            return false;
        at += length > 0 ? length : 1;
    }
    return true;
}

static bool has_word(const char *from, const char *end)
{
    for (; from < end; from++)
        if ((unsigned char)*from >= 0x80 || is_digit(*from) || is_letter(*from))
            return true;
    return false;
}

/* Whether words of a line are in none of its shortcodes, of which the first is number `first`. */
static bool is_left(const ttag_boilerplate_finder *f, ttag_view line, size_t first)
{
    const char *at = line.bytes;
    for (size_t i = first; i < f->n_dropped; i++) {
        if (has_word(at, f->dropped[i].text.bytes))
            return true;
        at = f->dropped[i].text.bytes + f->dropped[i].text.size;
    }
    return has_word(at, line.bytes + line.size);
}

static bool take_line(ttag_boilerplate_finder *f, ttag_view line)
{
    if (line.size <= FOLD_LONGEST) {
        if (!line_fold(&f->line, line))
            return false;
        if (f->line.n_words == 0)
            return true;
        if (line_patterns_fit(&f->patterns, &f->line))
            return drop(f, line, TTAG_DROP_PATTERN);
        if (f->what.n_repeated > 0 && is_repeated(&f->what, line_fold_hash(&f->line)))
            return drop(f, line, TTAG_DROP_REPEATED);
    }
    size_t first = f->n_dropped;
    bool ok = drop_shortcodes(f, line);
    f->any_left = f->any_left || is_left(f, line, first);
    return ok;
}

/* Line ends are kept out of spans. */
static bool take_lines(ttag_boilerplate_finder *f, ttag_view text)
{
    while (text.size > 0) {
        ttag_view line = view_cut(&text, '\n');
        line.size -= line.size > 0 && line.bytes[line.size - 1] == '\r';
        if (line.size > 0 && !take_line(f, line))
            return false;
    }
    return true;
}

ttag_status ttag_boilerplate_find(ttag_boilerplate_finder *f, ttag_article *article,
                                  ttag_error *err)
{
    ttag_view text = article->text;
    article->dropped = NULL;
    article->n_dropped = 0;
    if (!f->what.patterns || text.size == 0)
        return TTAG_OK;
    bool lines = memchr(text.bytes, '\n', text.size);
    if (!lines && !memchr(text.bytes, '[', text.size))
        return TTAG_OK;
    f->n_dropped = 0;
    f->any_left = false;
    if (!make_ready(f) || !(lines ? take_lines(f, text) : drop_shortcodes(f, text)))
        return fail_memory(err);
    if (!(lines ? f->any_left : is_left(f, text, 0)) || f->n_dropped == 0)
        return TTAG_OK;
    join_spans(f);
    article->dropped = f->dropped;
    article->n_dropped = f->n_dropped;
    return TTAG_OK;
}

void ttag_boilerplate_finder_free(ttag_boilerplate_finder *f)
{
    if (!f)
        return;
    line_patterns_dispose(&f->patterns);
    line_fold_dispose(&f->line);
    mem_free(f->dropped);
    mem_free(f);
}
