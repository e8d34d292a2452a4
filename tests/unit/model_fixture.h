/* A small model made by hand, whose scores can be computed by hand: a term's value is its count. */
#ifndef UNIT_MODEL_FIXTURE_H
#define UNIT_MODEL_FIXTURE_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/view.h"
#include "ttag/classify.h"
#include "unit.h"

enum {
    ALPHA, /* terms, in byte order */
    BETA,
    DELTA,
    GAMMA,
    N_TERMS,
    MALWARE = 0, /* tags, in byte order */
    NEWS,
    VULNERABILITIES,
    LINUX,
    N_TAGS,
    STRIDE = 8
};

typedef struct model_fixture {
    char folder[64];
    char path[96];
    ttag_features *features;
    ttag_model_tag tags[N_TAGS];
    uint32_t implied; /* by LINUX */
    float weights[N_TERMS * STRIDE];
    ttag_model_parts parts;
    ttag_model *model; /* from fixture_open */
} model_fixture;

static inline ttag_view view(const char *text)
{
    return view_of(text);
}

static inline ttag_features *fixture_features(const ttag_text_opts *opts)
{
    ttag_extractor *extractor;
    ttag_features *features;
    ttag_article article = {.text = view("alpha beta gamma delta"), .weight = 1};
    assert_int_equal(ttag_extractor_new(&extractor, opts, NULL), TTAG_OK);
    assert_int_equal(ttag_extractor_add(extractor, &article, NULL), TTAG_OK);
    assert_int_equal(ttag_extractor_finish(&features, extractor, NULL), TTAG_OK);
    ttag_extractor_free(extractor);
    return features;
}

static inline void fixture_weigh(model_fixture *f, int term, float malware, float news,
                                 float vulnerabilities, float linux_)
{
    float *row = f->weights + term * STRIDE;
    row[MALWARE] = malware;
    row[NEWS] = news;
    row[VULNERABILITIES] = vulnerabilities;
    row[LINUX] = linux_;
}

static inline void fixture_init(model_fixture *f)
{
    *f = (model_fixture){.folder = "/tmp/ttag-model-XXXXXX", .implied = VULNERABILITIES};
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->path, sizeof f->path, "%s/small.ttag", f->folder);
    f->tags[MALWARE] = (ttag_model_tag){.name = view("Malware"),
                                        .description = view("Malicious software"),
                                        .group = view("threats"),
                                        .support = 7,
                                        .bias = -1,
                                        .cut = -0.25F,
                                        .threshold = 0.6F,
                                        .slope = -2,
                                        .offset = 0.125,
                                        .oof_precision = 0.5F,
                                        .oof_recall = 1,
                                        .oof_f1 = 2 / 3.0F,
                                        .cut_spread = 0.0625F};
    ttag_model_tag plain = {.threshold = 0.5F,
                            .slope = -1,
                            .oof_precision = NAN,
                            .oof_recall = NAN,
                            .oof_f1 = NAN,
                            .cut_spread = NAN};
    f->tags[NEWS] = f->tags[VULNERABILITIES] = f->tags[LINUX] = plain;
    f->tags[NEWS].name = view("Security News");
    f->tags[NEWS].bias = -0.5F;
    f->tags[VULNERABILITIES].name = view("VulnerabilitiesAll");
    f->tags[VULNERABILITIES].bias = -3;
    f->tags[LINUX].name = view("VulnerabilitiesLinux");
    f->tags[LINUX].bias = -1;
    f->tags[LINUX].implies = &f->implied;
    f->tags[LINUX].n_implies = 1;
    fixture_weigh(f, ALPHA, 1.5F, 0.25F, 0, -1);
    fixture_weigh(f, BETA, 0.5F, 0, -1, 2);
    fixture_weigh(f, DELTA, -2, 0.5F, 0.125F, 0);
    fixture_weigh(f, GAMMA, 0, 0, 0, 0.75F);
    ttag_text_opts text = TTAG_TEXT_OPTS_PLAIN;
    text.sublinear_tf = text.smooth_idf = text.l2_norm = false;
    f->features = fixture_features(&text);
    f->parts = (ttag_model_parts){.text = text,
                                  .vocabulary = *ttag_features_vocabulary(f->features),
                                  .n_tags = N_TAGS,
                                  .tags = f->tags,
                                  .weight_stride = STRIDE,
                                  .weights = f->weights,
                                  .calibrated = true,
                                  .card = view("{\"made\":\"by hand\"}")};
    assert_int_equal(f->parts.vocabulary.n_terms, N_TERMS);
}

/* Saves the parts as they are now and opens the file. */
static inline void fixture_open(model_fixture *f)
{
    ttag_error err = {0};
    ttag_model_close(f->model);
    if (ttag_model_save(&f->parts, f->path, &err) != TTAG_OK ||
        ttag_model_open(&f->model, f->path, &err) != TTAG_OK)
        fail_msg("%s", err.text);
}

static inline void fixture_dispose(model_fixture *f)
{
    ttag_model_close(f->model);
    ttag_features_free(f->features);
    unlink(f->path);
    rmdir(f->folder);
}

/* A whole file in memory; the caller frees it. */
static inline unsigned char *fixture_slurp(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *size = (size_t)ftell(file);
    rewind(file);
    unsigned char *bytes = malloc(*size + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *size, file), *size);
    bytes[*size] = '\0';
    fclose(file);
    return bytes;
}

/* For tests that want this fixture alone. */
static inline int fixture_setup(void **state)
{
    model_fixture *f = malloc(sizeof *f);
    assert_non_null(f);
    fixture_init(f);
    *state = f;
    return 0;
}

static inline int fixture_teardown(void **state)
{
    fixture_dispose(*state);
    free(*state);
    return 0;
}

#endif
