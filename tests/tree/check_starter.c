/* The promises of datasets/starter and datasets/news: check_starter DATASETS [SEEDS]. Lengths,
   tags, and that no two articles, nor an article and a seed, share eight consecutive words. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/intern.h"
#include "base/memory.h"
#include "base/view.h"
#include "ttag/articles.h"

enum { RUN = 8, MOST_TAGS = 4, FEWEST_ARTICLES = 8 };

/* The files, and how many words their articles have. */
static const struct part {
    const char *file;
    size_t fewest, most;
} parts[] = {{"starter/train.jsonl", 60, 120},
             {"starter/test.jsonl", 60, 120},
             {"news/articles.jsonl", 150, 400}};

enum { N_PARTS = sizeof parts / sizeof *parts };

typedef struct check {
    const ttag_taxonomy *taxonomy;
    intern ids;
    intern runs;      /* of RUN words each */
    size_t *run_from; /* runs.count: the text that a run was first seen in */
    size_t run_capacity;
    size_t n_texts;
    size_t *per_tag[N_PARTS]; /* size of the taxonomy: articles of each part */
    int failures;
} check;

static void complain(check *c, ttag_view where, const char *what, ttag_view detail)
{
    printf("%.*s: %s%.*s\n", (int)where.size, where.bytes, what, (int)detail.size,
           detail.bytes ? detail.bytes : "");
    c->failures++;
}

static bool is_blank(char c)
{
    return (unsigned char)c <= ' ';
}

/* Letters and digits in lower case; a byte of a longer character counts as a letter. */
static int folded(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A' + 'a';
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80 ? c : -1;
}

/* The next word between blanks, without punctuation, behind `words`; false at the end. */
static bool next_word(ttag_view text, size_t *at, buffer *words)
{
    while (*at < text.size && is_blank(text.bytes[*at]))
        ++*at;
    if (*at >= text.size)
        return false;
    size_t before = words->size;
    for (; *at < text.size && !is_blank(text.bytes[*at]); ++*at)
        if (folded(text.bytes[*at]) != -1)
            buffer_char(words, (char)folded(text.bytes[*at]));
    if (words->size > before) /* else it was a dash or the like */
        buffer_char(words, ' ');
    return true;
}

static void note_run(check *c, ttag_view where, ttag_view run)
{
    uint32_t number = intern_find(&c->runs, run);
    if (number != INTERN_NONE) {
        if (c->run_from[number] != c->n_texts)
            complain(c, where, "shares with another text: ", run);
        return;
    }
    number = intern_add(&c->runs, run);
    if (number == INTERN_NONE ||
        !mem_grow(&c->run_from, &c->run_capacity, number + 1, sizeof *c->run_from))
        exit(1);
    c->run_from[number] = c->n_texts;
}

/* Notes every run of words; returns how many words between blanks there are. */
static size_t note_text(check *c, ttag_view where, ttag_view text)
{
    buffer words = {0};
    size_t starts[RUN] = {0}; /* of the last words, in a ring */
    size_t count = 0, kept = 0;
    for (size_t at = 0, before = 0; next_word(text, &at, &words); before = words.size) {
        count++;
        if (words.size == before)
            continue;
        starts[kept++ % RUN] = before;
        if (kept >= RUN) {
            size_t start = starts[kept % RUN];
            note_run(c, where, (ttag_view){words.bytes + start, words.size - start});
        }
    }
    buffer_dispose(&words);
    return count;
}

static bool has_tag(const ttag_article *article, ttag_view name)
{
    for (size_t i = 0; i < article->n_tags; i++)
        if (view_equal(article->tags[i], name))
            return true;
    return false;
}

static void check_tags(check *c, const ttag_article *article, int part)
{
    if (!article->labelled)
        complain(c, article->id, "has no `tags`", (ttag_view){0});
    if (article->n_tags > MOST_TAGS)
        complain(c, article->id, "has more than four tags", (ttag_view){0});
    for (size_t i = 0; i < article->n_tags; i++) {
        uint32_t position = ttag_taxonomy_find(c->taxonomy, article->tags[i]);
        if (position == TTAG_NO_TAG) {
            complain(c, article->id, "unknown tag ", article->tags[i]);
            continue;
        }
        c->per_tag[part][position]++;
        const ttag_tag *tag = ttag_taxonomy_tag(c->taxonomy, position);
        for (size_t k = 0; k < tag->n_implies; k++) {
            const ttag_tag *implied = ttag_taxonomy_tag(c->taxonomy, tag->implies[k]);
            if (!has_tag(article, implied->name))
                complain(c, article->id, "lacks an implied tag: ", implied->name);
        }
    }
}

static void check_article(check *c, const ttag_article *article, int part)
{
    size_t known = c->ids.count;
    if (!article->id.bytes || intern_add(&c->ids, article->id) != known)
        complain(c, article->id, "has no id of its own", (ttag_view){0});
    c->n_texts++;
    note_text(c, article->id, article->title);
    size_t words = note_text(c, article->id, article->text);
    if (words < parts[part].fewest || words > parts[part].most) {
        char count[64];
        snprintf(count, sizeof count, "%zu words; expected %zu to %zu", words, parts[part].fewest,
                 parts[part].most);
        complain(c, article->id, "has ", view_of(count));
    }
    check_tags(c, article, part);
}

static void check_feed(check *c, const char *path, int part)
{
    ttag_reader *reader;
    ttag_article article;
    ttag_error err;
    if (ttag_reader_open(&reader, &path, 1, NULL, &err) != TTAG_OK)
        exit(1);
    ttag_status status;
    while ((status = ttag_reader_next(reader, &article, &err)) != TTAG_END) {
        char text[1024];
        if (status == TTAG_OK) {
            check_article(c, &article, part);
            continue;
        }
        ttag_error_format(&err, text, sizeof text);
        complain(c, view_of(path), "is refused: ", view_of(text));
        if (status != TTAG_PARSE)
            break;
    }
    ttag_reader_free(reader);
}

static void check_support(check *c)
{
    for (size_t i = 0; i < ttag_taxonomy_size(c->taxonomy); i++) {
        size_t train = c->per_tag[0][i], test = c->per_tag[1][i];
        ttag_view name = ttag_taxonomy_tag(c->taxonomy, i)->name;
        if (train == 0 || test == 0)
            complain(c, name, "is missing in train.jsonl or in test.jsonl", (ttag_view){0});
        if (train + test < FEWEST_ARTICLES)
            complain(c, name, "has fewer than eight articles", (ttag_view){0});
    }
}

/* Seeds may share runs with each other: they report the same events. */
static void check_seeds(check *c, const char *folder)
{
    DIR *entries = opendir(folder);
    if (!entries)
        return;
    size_t articles = c->runs.count;
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        char path[1024], piece[4096];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        FILE *file = entry->d_name[0] == '.' ? NULL : fopen(path, "rb");
        if (!file)
            continue;
        buffer content = {0};
        for (size_t got; (got = fread(piece, 1, sizeof piece, file)) > 0;)
            buffer_put(&content, piece, got);
        fclose(file);
        c->n_texts++;
        note_text(c, view_of(path), buffer_as_view(&content));
        buffer_dispose(&content);
        for (size_t i = articles; i < c->runs.count; i++)
            c->run_from[i] = c->n_texts + 1; /* as if the next seed had it first */
    }
    closedir(entries);
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    check c = {0};
    char path[1024];
    ttag_taxonomy *taxonomy;
    snprintf(path, sizeof path, "%s/taxonomy.json", argv[1]);
    if (ttag_taxonomy_load(&taxonomy, path, NULL) != TTAG_OK)
        return 1;
    c.taxonomy = taxonomy;
    for (int part = 0; part < N_PARTS; part++) {
        c.per_tag[part] = mem_zero(ttag_taxonomy_size(taxonomy), sizeof **c.per_tag);
        if (!c.per_tag[part])
            return 1;
        snprintf(path, sizeof path, "%s/%s", argv[1], parts[part].file);
        check_feed(&c, path, part);
    }
    check_support(&c);
    if (argc > 2)
        check_seeds(&c, argv[2]);
    printf("%zu articles, %zu runs of words, %d failures\n", c.ids.count, c.runs.count, c.failures);
    ttag_taxonomy_free(taxonomy);
    intern_dispose(&c.ids);
    intern_dispose(&c.runs);
    mem_free(c.run_from);
    for (int part = 0; part < N_PARTS; part++)
        mem_free(c.per_tag[part]);
    return c.failures > 0;
}
