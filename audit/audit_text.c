/* An audit for people: a sentence for each finding, the most important sections first. */
#include "audit/shown_article.h"
#include "base/view.h"
#include "classify/shown_text.h"
#include "evaluate/report_file.h"
#include "ttag/audit.h"

enum { QUOTED = 160 /* code points of a passage or line */ };

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static size_t shown(size_t count, size_t most)
{
    return most && count > most ? most : count;
}

static void put_more(buffer *b, size_t count, size_t most)
{
    if (shown(count, most) < count)
        buffer_printf(b, "  … and %zu more\n", count - most);
}

static void put_tag(buffer *b, const ttag_audit *a, uint32_t tag)
{
    put_clean(b, a->tags[tag].name);
}

static void put_tags(buffer *b, const ttag_audit *a, const uint32_t *tags, size_t n)
{
    for (size_t k = 0; k < n && k < 8; k++) {
        buffer_text(b, k ? ", " : "");
        put_tag(b, a, tags[k]);
    }
    if (n > 8)
        buffer_printf(b, " and %zu more", n - 8);
}

/* ---- Sections. ---- */

static void put_head(buffer *b, const ttag_audit *a)
{
    buffer_printf(b, "%zu article%s, %zu labelled, %zu tag%s", a->n_articles, plural(a->n_articles),
                  a->labelled, a->n_tags, plural(a->n_tags));
    if (a->refused)
        buffer_printf(b, "; %zu refused", a->refused);
    buffer_char(b, '\n');
}

static void put_leaks(buffer *b, const ttag_audit *a, size_t most)
{
    if (a->n_leaks == 0)
        return;
    buffer_printf(b, "\nLeaks: %zu article%s also among the %zu that the feed was held against\n",
                  a->n_leaks, a->n_leaks == 1 ? " is" : "s are", a->n_against);
    for (size_t k = 0; k < shown(a->n_leaks, most); k++) {
        const ttag_audit_leak *leak = &a->leaks[k];
        buffer_text(b, "  ");
        shown_article_put(b, &a->articles[leak->article]);
        buffer_text(b, leak->similarity >= 1 ? " is " : " is nearly ");
        shown_article_put(b, &a->against[leak->other]);
        buffer_printf(b, " (similarity %.2f)\n", leak->similarity);
    }
    put_more(b, a->n_leaks, most);
}

static void put_blanket(buffer *b, const ttag_audit *a, size_t most)
{
    if (a->n_blanket == 0)
        return;
    buffer_printf(b, "\nBlanket-tagged: %zu article%s more than half of all tags\n", a->n_blanket,
                  a->n_blanket == 1 ? " carries" : "s carry");
    for (size_t k = 0; k < shown(a->n_blanket, most); k++) {
        const ttag_audited *article = &a->articles[a->blanket[k]];
        buffer_text(b, "  ");
        shown_article_put(b, article);
        buffer_printf(b, " carries %zu of %zu tags\n", article->n_tags, a->n_tags);
    }
    put_more(b, a->n_blanket, most);
}

static void put_cluster(buffer *b, const ttag_audit *a, const ttag_audit_cluster *c)
{
    buffer_text(b, "  ");
    for (size_t k = 0; k < c->n && k < 4; k++) {
        buffer_text(b, k == 0 ? "" : k + 1 < c->n ? ", " : " and ");
        shown_article_put(b, &a->articles[c->articles[k]]);
    }
    if (c->n > 4)
        buffer_printf(b, " and %zu more", c->n - 4);
    if (c->least >= 1)
        buffer_text(b, " have the same words");
    else
        buffer_printf(b, " are nearly the same (similarity %.2f)", c->least);
    if (c->n_disagreed) {
        buffer_text(b, ", but not all carry ");
        put_tags(b, a, c->disagreed, c->n_disagreed);
    }
    buffer_char(b, '\n');
}

static void put_clusters(buffer *b, const ttag_audit *a, size_t most)
{
    if (a->n_clusters == 0)
        return;
    buffer_printf(b,
                  "\nDuplicates: %zu article%s of another, in %zu cluster%s; in %zu of them the "
                  "tags disagree\n",
                  a->copies, a->copies == 1 ? " is a copy" : "s are copies", a->n_clusters,
                  plural(a->n_clusters), a->disagreements);
    for (size_t k = 0; k < shown(a->n_clusters, most); k++)
        put_cluster(b, a, &a->clusters[k]);
    put_more(b, a->n_clusters, most);
}

static void put_terms(buffer *b, const ttag_audit_label *label)
{
    for (size_t k = 0; k < label->n_terms; k++) {
        buffer_text(b, k ? ", " : label->missing ? ": it says " : ": it says, against the tag, ");
        put_clean(b, label->terms[k].term);
    }
    buffer_char(b, '\n');
}

static void put_labels(buffer *b, const ttag_audit *a, size_t most)
{
    if (!a->labels_searched) {
        buffer_printf(b, "\nLabels were not looked at: %s\n", a->why_not);
        return;
    }
    buffer_printf(b,
                  "\nLabels: %zu %s likely wrong, %zu likely missing (models that had not seen the "
                  "articles reach a micro-F1 of %.3f)\n",
                  a->wrong, a->wrong == 1 ? "is" : "are", a->missing, a->micro_f1);
    for (size_t k = 0; k < shown(a->n_labels, most); k++) {
        const ttag_audit_label *label = &a->labels[k];
        buffer_text(b, "  ");
        shown_article_put(b, &a->articles[label->article]);
        buffer_text(b, label->missing ? " likely lacks " : " likely does not deserve ");
        put_tag(b, a, label->tag);
        buffer_printf(b, " (probability %.3f)", label->probability);
        put_terms(b, label);
    }
    put_more(b, a->n_labels, most);
}

static void put_passages(buffer *b, const ttag_audit *a, size_t most)
{
    if (a->n_passages == 0)
        return;
    buffer_printf(
        b, "\nShared passages: %zu long passage%s in articles that are no copies of each other\n",
        a->n_passages, plural(a->n_passages));
    for (size_t k = 0; k < shown(a->n_passages, most); k++) {
        const ttag_audit_passage *p = &a->passages[k];
        buffer_text(b, "  ");
        for (size_t i = 0; i < p->n && i < 4; i++) {
            buffer_text(b, i == 0 ? "" : i + 1 < p->n ? ", " : " and ");
            shown_article_put(b, &a->articles[p->places[i].article]);
            buffer_printf(b, " at %zu", p->places[i].start);
        }
        if (p->n > 4)
            buffer_printf(b, " and %zu more", p->n - 4);
        buffer_printf(b, " share up to %zu words: \"", p->words);
        shown_text_put(b, p->text, QUOTED);
        buffer_text(b, "\"\n");
    }
    put_more(b, a->n_passages, most);
}

static void put_giveaways(buffer *b, const ttag_audit *a, size_t most)
{
    if (a->n_giveaways == 0)
        return;
    buffer_printf(b, "\nSources that give a tag away: %zu\n", a->n_giveaways);
    for (size_t k = 0; k < shown(a->n_giveaways, most); k++) {
        const ttag_audit_giveaway *g = &a->giveaways[k];
        buffer_text(b, "  ");
        if (g->term.bytes) {
            buffer_text(b, "\"");
            put_clean(b, g->term);
            buffer_text(b, "\" speaks for ");
            put_tag(b, a, g->tag);
            buffer_printf(b, " (weight %.2f), but %zu of %zu articles with it are by ", g->weight,
                          g->articles, g->articles + g->elsewhere);
            put_clean(b, g->source);
        } else {
            put_clean(b, g->source);
            buffer_text(b, " nearly always carries ");
            put_tag(b, a, g->tag);
            buffer_printf(b, " (%zu articles), others nearly never (%zu)", g->articles,
                          g->elsewhere);
        }
        buffer_char(b, '\n');
    }
    put_more(b, a->n_giveaways, most);
}

static void put_lines(buffer *b, const ttag_audit *a, size_t most)
{
    if (a->n_lines == 0)
        return;
    buffer_printf(b, "\nRepeated lines: %zu\n", a->n_lines);
    for (size_t k = 0; k < shown(a->n_lines, most); k++) {
        const ttag_audit_line *line = &a->lines[k];
        buffer_text(b, "  \"");
        shown_text_put(b, line->text, QUOTED);
        buffer_printf(b, "\" stands in %zu of %zu articles of ", line->articles, line->of);
        if (line->source.size)
            put_clean(b, line->source);
        else
            buffer_text(b, "no named source");
        buffer_char(b, '\n');
    }
    put_more(b, a->n_lines, most);
}

static void put_rare(buffer *b, const ttag_audit *a, size_t most)
{
    if (a->n_rare == 0)
        return;
    buffer_printf(b, "\nRare tags: %zu %s under %u articles, too few to learn from\n ", a->n_rare,
                  a->n_rare == 1 ? "has" : "have", (unsigned)a->rare_bound);
    for (size_t k = 0; k < shown(a->n_rare, most); k++) {
        buffer_text(b, k ? ", " : " ");
        put_tag(b, a, a->rare[k]);
        buffer_printf(b, " (%zu)", a->tags[a->rare[k]].support);
    }
    buffer_char(b, '\n');
    put_more(b, a->n_rare, most);
}

static void put_pairs(buffer *b, const ttag_audit *a, size_t most)
{
    if (a->n_pairs == 0)
        return;
    buffer_printf(b, "\nTags that never go alone: %zu\n", a->n_pairs);
    for (size_t k = 0; k < shown(a->n_pairs, most); k++) {
        const ttag_audit_pair *p = &a->pairs[k];
        buffer_text(b, "  ");
        put_tag(b, a, p->tag);
        buffer_text(b, p->both ? " and " : " always comes with ");
        put_tag(b, a, p->with);
        buffer_printf(b, "%s (%zu articles)\n", p->both ? " always go together" : "",
                      a->tags[p->tag].support);
    }
    put_more(b, a->n_pairs, most);
}

static void put_texts(buffer *b, const ttag_audit *a, size_t most)
{
    const size_t *q = a->quartiles;
    buffer_printf(b,
                  "\nLengths: half of the articles have %zu to %zu words, the median %zu, the "
                  "shortest %zu, the longest %zu\n",
                  q[1], q[3], q[2], q[0], q[4]);
    for (size_t k = 0; k < shown(a->n_short, most); k++) {
        buffer_text(b, "  ");
        shown_article_put(b, &a->articles[a->short_ones[k]]);
        size_t words = a->articles[a->short_ones[k]].words;
        buffer_printf(b, " has %zu word%s\n", words, plural(words));
    }
    put_more(b, a->n_short, most);
    buffer_text(b, "\nLanguages, by a guess:");
    for (size_t k = 0; k < a->n_languages; k++)
        buffer_printf(b, "%s %s %zu", k ? "," : "", a->languages[k].name, a->languages[k].articles);
    buffer_char(b, '\n');
}

ttag_status ttag_audit_write_text(const ttag_audit *audit, FILE *out, size_t most, ttag_error *err)
{
    buffer b = {0};
    put_head(&b, audit);
    put_leaks(&b, audit, most);
    put_blanket(&b, audit, most);
    put_clusters(&b, audit, most);
    put_labels(&b, audit, most);
    put_giveaways(&b, audit, most);
    put_passages(&b, audit, most);
    put_lines(&b, audit, most);
    put_rare(&b, audit, most);
    put_pairs(&b, audit, most);
    put_texts(&b, audit, most);
    ttag_status status = report_send(&b, out, err);
    buffer_dispose(&b);
    return status;
}
