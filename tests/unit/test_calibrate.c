/* train/calibrate and train/cross_cut: scores as they are, cuts by hand. */
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/sigmoid.h"
#include "base/view.h"
#include "train/cross_cut.h"
#include "ttag/calibrate.h"

enum { FIRE, RARE, WATER, N_TAGS, MOST_MESSAGES = 8 };

/* Four articles, two folds. By fold 1 (1+, 0-) the cut is 0.5, by fold 0 (3+, 2-) it is 2.5: at 0.5
   both of fold 0 are given, one wrongly; at 2.5 none of fold 1. All four: best F1 after 3 (4/5),
   two are positive: the mean of 0.5 and 1.5 (the count cannot be had better) is the cut. */
static void cross_cut__judges_by_the_cuts_of_other_folds(void **state)
{
    (void)state;
    const float scores[] = {3, 2, 1, 0};
    const signed char truth[] = {1, -1, 1, -1};
    const uint8_t folds[] = {0, 0, 1, 1};
    const cut_rule rule = {TTAG_THRESHOLDS_F1, 0};
    threshold t;
    assert_int_equal(cross_cut_fit(&t, &rule, scores, truth, folds, 2, 4), TTAG_OK);
    assert_true(t.tp == 1 && t.fp == 1 && t.fn == 1);
    assert_true(fabs(t.precision - 0.5) < 1e-9 && fabs(t.recall - 0.5) < 1e-9);
    assert_true(fabs((double)t.spread - sqrt(2.0)) < 1e-6);
    assert_true(fabs((double)t.cut - 1.0) < 1e-6);
}

typedef struct fixture {
    ttag_model_tag tags[N_TAGS];
    ttag_model_parts model;
    char messages[MOST_MESSAGES][512];
    size_t n_messages;
    ttag_monitor monitor;
} fixture;

static void keep_message(void *payload, ttag_level level, const char *place, const char *text)
{
    fixture *f = payload;
    (void)place;
    if (level <= TTAG_WARNING && f->n_messages < MOST_MESSAGES)
        snprintf(f->messages[f->n_messages++], sizeof *f->messages, "%s", text);
}

static void fixture_init(fixture *f)
{
    static const char *const names[] = {"Fire", "Rare", "Water"};
    *f = (fixture){.n_messages = 0};
    for (size_t t = 0; t < N_TAGS; t++)
        f->tags[t] = (ttag_model_tag){.name = view_of(names[t]),
                                      .description = view_of(""),
                                      .group = view_of(""),
                                      .support = 50,
                                      .cut = 1,
                                      .slope = -3,
                                      .offset = 0.25,
                                      .threshold = platt_probability(-3, 0.25, 1)};
    f->model = (ttag_model_parts){.n_tags = N_TAGS,
                                  .tags = f->tags,
                                  .calibrated = true,
                                  .card = view_of("{\"format\":\"threattag-model\"}")};
    f->monitor = (ttag_monitor){.message = keep_message, .payload = f};
}

/* 100 articles: Fire at scores over 0.5 but for a few, Water at any score, Rare on three. */
static ttag_status feed(ttag_calibrator *c, ttag_error *err)
{
    ttag_status status = TTAG_OK;
    for (size_t i = 0; status == TTAG_OK && i < 100; i++) {
        char text[32];
        ttag_view tags[N_TAGS];
        float scores[N_TAGS] = {(float)i / 50, (float)i / 100, (float)(i * 37 % 100) / 100};
        ttag_article article = {.text = {text, 0}, .tags = tags, .labelled = true, .weight = 1};
        article.text.size = (size_t)snprintf(text, sizeof text, "article %zu", i);
        if (i >= 50 ? i % 10 != 7 : i % 10 == 3)
            tags[article.n_tags++] = view_of("Fire");
        if (i < 3)
            tags[article.n_tags++] = view_of("Rare");
        if (i % 2)
            tags[article.n_tags++] = view_of("Water");
        status = ttag_calibrator_add(c, &article, scores, err);
    }
    return status;
}

static ttag_calibrator *calibrate(fixture *f, const ttag_calibrate_opts *given)
{
    ttag_calibrate_opts opts = *given;
    ttag_calibrator *c;
    opts.monitor = &f->monitor;
    assert_int_equal(ttag_calibrator_new(&c, &f->model, &opts, NULL), TTAG_OK);
    assert_int_equal(feed(c, NULL), TTAG_OK);
    assert_int_equal(ttag_calibrator_finish(c, NULL), TTAG_OK);
    return c;
}

static bool card_holds(const ttag_model_parts *parts, const char *text)
{
    char card[4096];
    assert_true(parts->card.size < sizeof card);
    memcpy(card, parts->card.bytes, parts->card.size);
    card[parts->card.size] = '\0';
    return strstr(card, text);
}

static void calibrator__moves_cuts_and_keeps_the_rest(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    ttag_calibrator *c = calibrate(&f, &(ttag_calibrate_opts)TTAG_CALIBRATE_OPTS_INIT);
    const ttag_model_parts *parts = ttag_calibrator_parts(c);
    const ttag_calibrate_counts *counts = ttag_calibrator_counts(c);
    assert_int_equal(counts->used, 100);
    assert_int_equal(counts->changed, 2);
    assert_int_equal(counts->kept, 1);
    assert_true(fabs((double)parts->tags[FIRE].cut - 0.99) < 0.05); /* article 49 has 0.98 */
    const ttag_model_tag *fire = &parts->tags[FIRE], *rare = &parts->tags[RARE];
    if (fire->n_points == 0)
        assert_true(fire->threshold == platt_probability(fire->slope, fire->offset, fire->cut));
    assert_true(fire->oof_f1 > 0.85F && fire->oof_f1 < 1);
    assert_true(rare->cut == 1 && rare->slope == -3 && rare->threshold == f.tags[RARE].threshold);
    assert_int_equal(rare->support, 50);
    assert_int_equal(f.n_messages, 1);
    assert_non_null(strstr(f.messages[0], "keep their thresholds: Rare (3)"));
    assert_true(
        card_holds(parts, "{\"format\":\"threattag-model\",\"recalibration\":{\"digest\":\""));
    assert_true(card_holds(parts, "\"articles\":100,"));
    assert_true(card_holds(parts, "{\"tag\":\"Rare\",\"support\":3,\"changed\":false}"));
    ttag_calibrator_free(c);
}

/* The card of a model that was calibrated before says where the last thresholds are from. */
static void calibrator__replaces_an_earlier_calibration(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    f.model.card = view_of("{\"format\":\"x\",\"recalibration\":{\"digest\":\"old\"}}");
    ttag_calibrator *c = calibrate(&f, &(ttag_calibrate_opts)TTAG_CALIBRATE_OPTS_INIT);
    assert_false(card_holds(ttag_calibrator_parts(c), "\"old\""));
    assert_true(card_holds(ttag_calibrator_parts(c), "{\"format\":\"x\",\"recalibration\":{"));
    ttag_calibrator_free(c);
}

static void calibrator__names_what_is_never_given(void **state)
{
    (void)state;
    fixture f;
    ttag_calibrate_opts opts = TTAG_CALIBRATE_OPTS_INIT;
    opts.thresholds = TTAG_THRESHOLDS_PRECISION;
    opts.bound = 0.99;
    fixture_init(&f);
    ttag_calibrator *c = calibrate(&f, &opts);
    const ttag_calibrate_counts *counts = ttag_calibrator_counts(c);
    const ttag_model_tag *water = &ttag_calibrator_parts(c)->tags[WATER];
    assert_int_equal(counts->never_given, isinf(water->threshold) ? 1 : 0);
    assert_int_equal(f.n_messages, 1 + counts->never_given);
    ttag_calibrator_free(c);
}

static void calibrator__wants_enough_articles(void **state)
{
    (void)state;
    fixture f;
    ttag_error err;
    ttag_calibrator *c;
    ttag_calibrate_opts opts = TTAG_CALIBRATE_OPTS_INIT;
    fixture_init(&f);
    opts.least = 1000;
    assert_int_equal(ttag_calibrator_new(&c, &f.model, &opts, NULL), TTAG_OK);
    assert_int_equal(feed(c, NULL), TTAG_OK);
    assert_int_equal(ttag_calibrator_finish(c, &err), TTAG_EMPTY);
    assert_non_null(strstr(err.text, "no tag of the model has 1000 articles"));
    ttag_calibrator_free(c);
    opts.least = 10;
    assert_int_equal(ttag_calibrator_new(&c, &f.model, &opts, NULL), TTAG_OK);
    assert_int_equal(ttag_calibrator_finish(c, &err), TTAG_EMPTY);
    ttag_calibrator_free(c);
    opts.thresholds = TTAG_THRESHOLDS_NONE;
    assert_int_equal(ttag_calibrator_new(&c, &f.model, &opts, &err), TTAG_INVALID);
    assert_null(c);
}

#ifdef TTAG_FAULTS
static void calibrator__survives_want_of_memory(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    for (size_t n = 1;; n += n < 60 ? 1 : 7) {
        ttag_calibrator *c;
        mem_fail_after(n);
        ttag_status status = ttag_calibrator_new(&c, &f.model, NULL, NULL);
        if (status == TTAG_OK)
            status = feed(c, NULL);
        if (status == TTAG_OK)
            status = ttag_calibrator_finish(c, NULL);
        mem_fail_after(0);
        ttag_calibrator_free(c);
        if (status == TTAG_OK)
            break;
        assert_int_equal(status, TTAG_NOMEM);
    }
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cross_cut__judges_by_the_cuts_of_other_folds),
        cmocka_unit_test(calibrator__moves_cuts_and_keeps_the_rest),
        cmocka_unit_test(calibrator__replaces_an_earlier_calibration),
        cmocka_unit_test(calibrator__names_what_is_never_given),
        cmocka_unit_test(calibrator__wants_enough_articles),
#ifdef TTAG_FAULTS
        cmocka_unit_test(calibrator__survives_want_of_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
