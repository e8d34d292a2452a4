/* make_large_model TERMS TAGS MODEL ARTICLE: a model of that size, its weights by formula, and an
   article of 2 KB whose words lie all over its vocabulary. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ttag/ttag.h"

enum { WORDS_AN_ARTICLE = 1000, ARTICLE_BYTES = 2048, NAME_SIZE = 16 };

static void give_up(const char *what)
{
    fprintf(stderr, "make_large_model: %s\n", what);
    exit(1);
}

static void demand(ttag_status status, const ttag_error *err)
{
    if (status != TTAG_OK)
        give_up(err->text);
}

/* Scrambled, so that neighbours in one order are none in another. */
static uint32_t scramble(uint32_t x)
{
    x = (x ^ (x >> 16)) * 0x45d9f3bU;
    x = (x ^ (x >> 16)) * 0x45d9f3bU;
    return x ^ (x >> 16);
}

/* The word of a number, distinct for distinct numbers; its length. */
static size_t put_word(char *out, uint32_t number)
{
    uint32_t rest = scramble(number);
    size_t n = 0;
    do {
        out[n++] = (char)('a' + rest % 26);
        rest /= 26;
    } while (rest > 0 || n < 2);
    out[n++] = ' ';
    return n;
}

static ttag_features *learn_words(uint32_t n_terms, const ttag_text_opts *opts)
{
    ttag_error err;
    ttag_extractor *extractor;
    ttag_features *features;
    static char text[WORDS_AN_ARTICLE * NAME_SIZE];
    demand(ttag_extractor_new(&extractor, opts, &err), &err);
    for (uint32_t i = 0; i < n_terms;) {
        ttag_article article = {.text = {text, 0}, .weight = 1};
        for (int k = 0; k < WORDS_AN_ARTICLE && i < n_terms; k++)
            article.text.size += put_word(text + article.text.size, i++);
        demand(ttag_extractor_add(extractor, &article, &err), &err);
    }
    demand(ttag_extractor_finish(&features, extractor, &err), &err);
    ttag_extractor_free(extractor);
    return features;
}

static ttag_model_tag *name_tags(uint32_t n_tags)
{
    ttag_model_tag *tags = calloc(n_tags, sizeof *tags);
    char *names = calloc(n_tags, NAME_SIZE);
    if (!tags || !names)
        give_up("out of memory");
    for (uint32_t t = 0; t < n_tags; t++) {
        char *name = names + (size_t)t * NAME_SIZE;
        snprintf(name, NAME_SIZE, "tag-%06u", (unsigned)t);
        tags[t] = (ttag_model_tag){.name = {name, strlen(name)},
                                   .bias = -0.5F,
                                   .threshold = 0.5F,
                                   .slope = -1,
                                   .oof_precision = NAN,
                                   .oof_recall = NAN,
                                   .oof_f1 = NAN,
                                   .cut_spread = NAN};
    }
    return tags;
}

static float *weigh(size_t n_terms, size_t n_tags, size_t stride)
{
    float *weights = calloc(n_terms * stride, sizeof *weights);
    if (!weights)
        give_up("out of memory");
    for (size_t i = 0; i < n_terms; i++)
        for (size_t t = 0; t < n_tags; t++)
            weights[i * stride + t] =
                (float)(scramble((uint32_t)(i * n_tags + t)) % 2001) / 1000 - 1;
    return weights;
}

static void write_article(const char *path, uint32_t n_terms)
{
    FILE *file = fopen(path, "w");
    if (!file)
        give_up("cannot write the article");
    char word[NAME_SIZE];
    fputs("An article of words from all over\n\n", file);
    for (uint32_t i = 1; ftell(file) < ARTICLE_BYTES; i++)
        fwrite(word, 1, put_word(word, scramble(i) % n_terms), file);
    if (fclose(file) != 0)
        give_up("cannot write the article");
}

int main(int argc, char **argv)
{
    if (argc != 5)
        give_up("expected TERMS TAGS MODEL ARTICLE");
    uint32_t n_terms = (uint32_t)strtoul(argv[1], NULL, 10);
    uint32_t n_tags = (uint32_t)strtoul(argv[2], NULL, 10);
    ttag_text_opts opts = TTAG_TEXT_OPTS_PLAIN;
    ttag_features *features = learn_words(n_terms, &opts);
    size_t stride = (n_tags + 7) / 8 * 8;
    ttag_model_parts parts = {.text = opts,
                              .vocabulary = *ttag_features_vocabulary(features),
                              .n_tags = n_tags,
                              .tags = name_tags(n_tags),
                              .weight_stride = stride,
                              .calibrated = true,
                              .card = {"{\"made\":\"by formula\"}", 21}};
    parts.weights = weigh(parts.vocabulary.n_terms, n_tags, stride);
    ttag_error err;
    demand(ttag_model_save(&parts, argv[3], &err), &err);
    write_article(argv[4], n_terms);
    return 0;
}
