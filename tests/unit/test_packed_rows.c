/* Packed weights: their bytes by hand, what becomes of them in scores, strangers' rows, files. */
#include "classify/half.h"
#include "classify/model_file.h"
#include "classify/packed_rows.h"
#include "model_fixture.h"
#include "tests/fuzz/model_seal.h"

/* ---- Halves. ---- */

/* Values of the IEEE 754 binary16 table; Python: struct.unpack('<e', ...). */
static void half__has_the_values_of_the_standard(void **state)
{
    static const struct {
        uint16_t half;
        float value;
    } table[] = {{0x0000, 0.0F},
                 {0x3c00, 1.0F},
                 {0xc000, -2.0F},
                 {0x3555, 0.333251953125F},
                 {0x7bff, 65504.0F},
                 {0x0400, 6.103515625e-05F},
                 {0x03ff, 6.097555160522461e-05F},
                 {0x0001, 5.960464477539063e-08F},
                 {0x8001, -5.960464477539063e-08F}};
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        assert_true(half_to_float(table[i].half) == table[i].value);
        assert_int_equal(half_from_float(table[i].value), table[i].half);
    }
}

static void half__every_finite_one_comes_back(void **state)
{
    (void)state;
    for (unsigned half = 0; half < 0x10000; half++)
        if ((half & 0x7c00) != 0x7c00)
            assert_int_equal(half_from_float(half_to_float((uint16_t)half)), half);
}

static void half__rounds_to_the_nearest_ties_to_even(void **state)
{
    (void)state;
    assert_int_equal(half_from_float(1 + 0x1p-11F), 0x3c00);
    assert_int_equal(half_from_float(1 + 0x1p-11F + 0x1p-20F), 0x3c01);
    assert_int_equal(half_from_float(1 + 3 * 0x1p-11F), 0x3c02);
    assert_int_equal(half_from_float(2 - 0x1p-12F), 0x4000); /* carries into the exponent */
    assert_int_equal(half_from_float(0x1p-25F), 0x0000);
    assert_int_equal(half_from_float(0x1.8p-25F), 0x0001);
    assert_int_equal(half_from_float(1e30F), 0x7bff);
    assert_int_equal(half_from_float(-1e30F), 0xfbff);
}

/* ---- Rows. ---- */

static void assert_row(ttag_weight_type type, const float *weights, size_t n_tags,
                       const char *expected, size_t size)
{
    buffer rows = {0};
    packed_row_put(&rows, weights, n_tags, type);
    assert_true(buffer_ok(&rows));
    assert_int_equal(rows.size, size);
    assert_memory_equal(rows.bytes, expected, size);
    buffer_dispose(&rows);
}

/* 127/128 is the largest: scale 1/128, 3c000000; numbers 127, -64, 1. */
static void packed_row__is_these_bytes(void **state)
{
    static const float weights[9] = {0, 127 / 128.0F, 0, -0.5F, 0, 0, 0, 0, 1 / 128.0F};
    (void)state;
    assert_row(TTAG_WEIGHT_INT8, weights, 9,
               "\x00\x00\x00\x3c\x03\x00\x00\x00\x7f\xc0\x01\x01\x03\x08\x00\x00", 16);
    assert_row(TTAG_WEIGHT_FLOAT16, weights, 9,
               "\x00\x00\x80\x3f\x03\x00\x00\x00\xf0\x3b\x00\xb8\x00\x20\x01\x03\x08\x00\x00\x00",
               20);
    assert_row(TTAG_WEIGHT_FLOAT32, weights, 9,
               "\x00\x00\x80\x3f\x03\x00\x00\x00\x00\x00\x7e\x3f\x00\x00\x00\xbf\x00\x00\x00\x3c"
               "\x01\x03\x08\x00",
               24);
}

/* Four of five tags: 8 numbers take no more room than 4 with their tags. */
static void packed_row__is_whole_where_that_is_no_larger(void **state)
{
    static const float weights[5] = {127, 1, 0, 2, -127};
    (void)state;
    assert_row(TTAG_WEIGHT_INT8, weights, 5,
               "\x00\x00\x80\x3f\xff\xff\x00\x00\x7f\x01\x00\x02\x81\x00\x00\x00", 16);
}

/* From 257 tags on a tag takes two bytes. */
static void packed_row__has_wide_tags(void **state)
{
    float weights[257] = {0};
    (void)state;
    weights[256] = 127;
    assert_row(TTAG_WEIGHT_INT8, weights, 257, "\x00\x00\x80\x3f\x01\x00\x00\x00\x7f\x00\x01\x00",
               12);
}

/* 0.3 / 127 of a largest 1 is under half a step. */
static void packed_row__leaves_out_what_becomes_0(void **state)
{
    static const float weights[9] = {1, 0.3F / 127};
    buffer rows = {0};
    uint16_t n;
    (void)state;
    packed_row_put(&rows, weights, 9, TTAG_WEIGHT_INT8);
    memcpy(&n, rows.bytes + 4, sizeof n);
    assert_int_equal(n, 1);
    buffer_dispose(&rows);
}

/* ---- In a model. ---- */

typedef struct packed_fixture {
    model_fixture f;
    buffer rows;
    uint32_t starts[N_TERMS];
} packed_fixture;

static void pack(packed_fixture *p, ttag_weight_type type)
{
    buffer_clear(&p->rows);
    for (size_t term = 0; term < N_TERMS; term++) {
        p->starts[term] = (uint32_t)(p->rows.size / 4);
        packed_row_put(&p->rows, p->f.weights + term * STRIDE, N_TAGS, type);
    }
    p->f.parts.weights = NULL;
    p->f.parts.packed =
        (ttag_packed_weights){type, p->starts, (const unsigned char *)p->rows.bytes, p->rows.size};
}

static int setup(void **state)
{
    packed_fixture *p = calloc(1, sizeof *p);
    assert_non_null(p);
    fixture_init(&p->f);
    *state = p;
    return 0;
}

static int teardown(void **state)
{
    packed_fixture *p = *state;
    buffer_dispose(&p->rows);
    fixture_dispose(&p->f);
    free(p);
    return 0;
}

/* x·scale·number + b, added by hand: alpha twice, beta once. The fixture's weights are halves. */
static void packed_model__scores_by_hand(void **state)
{
    packed_fixture *p = *state;
    static const float exact[N_TAGS] = {2 * 1.5F + 0.5F - 1, 2 * 0.25F - 0.5F, -1 - 3.0F,
                                        2 * -1 + 2 - 1.0F};
    for (int type = TTAG_WEIGHT_FLOAT32; type <= TTAG_WEIGHT_INT8; type++) {
        ttag_workspace *work;
        ttag_classification result;
        pack(p, (ttag_weight_type)type);
        fixture_open(&p->f);
        const ttag_model_parts *parts = ttag_model_get(p->f.model);
        assert_null(parts->weights);
        assert_int_equal(parts->packed.type, type);
        assert_int_equal(ttag_model_verify(p->f.model, NULL), TTAG_OK);
        assert_int_equal(ttag_workspace_new(&work, p->f.model, NULL, NULL), TTAG_OK);
        assert_int_equal(ttag_classify_text(work, &result, "alpha beta alpha", NULL), TTAG_OK);
        for (size_t t = 0; t < N_TAGS; t++)
            assert_true(fabsf(result.scores[t] - exact[t]) <=
                        (type == TTAG_WEIGHT_INT8 ? 0.02F : 0));
        ttag_workspace_free(work);
    }
}

/* Of int8: alpha's scale is 1.5 / 127, and 0.25 is 21 of them; beta's is 2 / 127. */
static void packed_weight__is_scale_times_number(void **state)
{
    packed_fixture *p = *state;
    float weights[N_TERMS];
    pack(p, TTAG_WEIGHT_INT8);
    assert_true(packed_weight(&p->f.parts, ALPHA, MALWARE) == 1.5F / 127 * 127);
    assert_true(packed_weight(&p->f.parts, ALPHA, NEWS) == 1.5F / 127 * 21);
    assert_true(packed_weight(&p->f.parts, BETA, NEWS) == 0);
    assert_true(packed_weight(&p->f.parts, BETA, MALWARE) == 2.0F / 127 * 32);
    assert_int_equal(ttag_model_term_weights(weights, &p->f.parts, NEWS, NULL), TTAG_OK);
    assert_true(weights[ALPHA] == 1.5F / 127 * 21 && weights[BETA] == 0);
}

/* Whatever path the processor takes: the products are rounded, then added in order. */
static void packed_sums__are_those_of_a_plain_loop(void **state)
{
    enum { WIDE = 300, WIDE_STRIDE = 304, ROWS = 70 };
    static float weights[ROWS][WIDE];
    uint32_t starts[ROWS], terms[ROWS];
    float values[ROWS], sums[WIDE_STRIDE];
    (void)state;
    for (int type = TTAG_WEIGHT_FLOAT32; type <= TTAG_WEIGHT_INT8; type++) {
        buffer rows = {0};
        for (size_t r = 0; r < ROWS; r++) {
            for (size_t t = 0; t < WIDE; t++) {
                size_t step = r % 3 == 0 ? 1 : 7; /* every third row is whole */
                weights[r][t] = (t * 31 + r) % step ? 0 : (float)((t * 37 + r * 11) % 101) - 50.3F;
            }
            starts[r] = (uint32_t)(rows.size / 4);
            terms[r] = (uint32_t)((r * 29) % ROWS);
            values[r] = 1 / (3.0F + (float)r);
            packed_row_put(&rows, weights[r], WIDE, (ttag_weight_type)type);
        }
        ttag_model_parts parts = {.vocabulary.n_terms = ROWS,
                                  .n_tags = WIDE,
                                  .weight_stride = WIDE_STRIDE,
                                  .packed = {(ttag_weight_type)type, starts,
                                             (const unsigned char *)rows.bytes, rows.size}};
        packed_sums(sums, &parts, &(ttag_vector){ROWS, terms, values});
        for (size_t t = 0; t < WIDE; t++) {
            float sum = 0;
            for (size_t j = 0; j < ROWS; j++) {
                float scale = 1;
                memcpy(&scale, rows.bytes + 4 * (size_t)starts[terms[j]], sizeof scale);
                float factor = values[j] * scale;
                float weight = packed_weight(&parts, terms[j], t);
                float number = type == TTAG_WEIGHT_INT8 ? rintf(weight / scale) : weight;
                sum += factor * number;
            }
            assert_true(sum == sums[t]);
        }
        buffer_dispose(&rows);
    }
}

/* ---- Strangers. ---- */

static void assert_not_saved(packed_fixture *p, const char *message)
{
    ttag_error err = {0};
    assert_int_equal(ttag_model_save(&p->f.parts, p->f.path, &err), TTAG_INVALID);
    if (!strstr(err.text, message))
        fail_msg("\"%s\" is not in \"%s\"", message, err.text);
}

static void packed_model__is_not_saved_if_it_contradicts_itself(void **state)
{
    packed_fixture *p = *state;
    pack(p, TTAG_WEIGHT_INT8);
    p->f.parts.packed.type = (ttag_weight_type)3;
    assert_not_saved(p, "the type of packed weights is unknown");
    pack(p, TTAG_WEIGHT_INT8);
    p->starts[BETA] = 1000;
    assert_not_saved(p, "a row of packed weights is out of bounds");
    pack(p, TTAG_WEIGHT_INT8);
    memcpy(p->rows.bytes, "\x00\x00\xc0\x7f", 4);
    assert_not_saved(p, "the scale of packed weights is not a finite number");
    pack(p, TTAG_WEIGHT_INT8);
    p->rows.bytes[4 * p->starts[BETA] + 12] = 0; /* its second tag, as the first */
    assert_not_saved(p, "the tags of a packed row do not rise");
    fixture_weigh(&p->f, BETA, 1, 1, 1, 1);
    pack(p, TTAG_WEIGHT_INT8);
    p->rows.bytes[4 * p->starts[BETA] + 15] = 1; /* of a whole row */
    assert_not_saved(p, "its padding is not 0");
    p->f.parts.packed.starts = NULL;
    assert_not_saved(p, "there are neither weights nor support vectors");
}

/* Scores stay finite whatever a row says, with checksums that fit. */
static void packed_model__survives_every_changed_byte(void **state)
{
    packed_fixture *p = *state;
    pack(p, TTAG_WEIGHT_INT8);
    assert_int_equal(ttag_model_save(&p->f.parts, p->f.path, NULL), TTAG_OK);
    size_t size;
    unsigned char *bytes = fixture_slurp(p->f.path, &size);
    for (size_t i = 0; i < 3 * size; i++) {
        static const unsigned char masks[] = {0x01, 0x80, 0xff};
        unsigned char *copy = malloc(size);
        assert_non_null(copy);
        memcpy(copy, bytes, size);
        copy[i / 3] ^= masks[i % 3];
        model_seal(copy, size);
        ttag_model *model;
        ttag_workspace *work;
        ttag_classification result;
        if (model_open_memory(&model, copy, size, "m", NULL) == TTAG_OK) {
            assert_int_equal(ttag_workspace_new(&work, model, NULL, NULL), TTAG_OK);
            assert_int_equal(ttag_classify_text(work, &result, "alpha beta gamma delta", NULL),
                             TTAG_OK);
            for (size_t t = 0; t < ttag_model_get(model)->n_tags; t++)
                assert_true(isfinite(result.scores[t]));
            ttag_workspace_free(work);
        }
        ttag_model_close(model);
        free(copy);
    }
    free(bytes);
}

static void assert_flags_refused(packed_fixture *p, uint32_t flags, const char *message)
{
    size_t size;
    ttag_error err = {0};
    ttag_model *model;
    assert_int_equal(ttag_model_save(&p->f.parts, p->f.path, NULL), TTAG_OK);
    unsigned char *bytes = fixture_slurp(p->f.path, &size);
    const model_section *section = (const void *)(bytes + sizeof(model_header));
    ((model_options *)(void *)(bytes + section->offset))->flags = flags;
    model_seal(bytes, size);
    assert_int_equal(model_open_memory(&model, bytes, size, "m", &err), TTAG_FORMAT);
    if (!strstr(err.text, message))
        fail_msg("\"%s\" is not in \"%s\"", message, err.text);
    free(bytes);
}

static void packed_model__needs_its_sections(void **state)
{
    packed_fixture *p = *state;
    assert_flags_refused(p, MODEL_CALIBRATED | 1U << MODEL_PACKED_SHIFT,
                         "section \"row-starts\" is missing");
    pack(p, TTAG_WEIGHT_INT8);
    assert_flags_refused(p, MODEL_CALIBRATED, "section \"weights\" is missing");
    assert_flags_refused(p, MODEL_CALIBRATED | MODEL_SUPPORT_VECTORS | 3U << MODEL_PACKED_SHIFT,
                         "names a rule that is not in version 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half__has_the_values_of_the_standard),
        cmocka_unit_test(half__every_finite_one_comes_back),
        cmocka_unit_test(half__rounds_to_the_nearest_ties_to_even),
        cmocka_unit_test(packed_row__is_these_bytes),
        cmocka_unit_test(packed_row__is_whole_where_that_is_no_larger),
        cmocka_unit_test(packed_row__has_wide_tags),
        cmocka_unit_test(packed_row__leaves_out_what_becomes_0),
        cmocka_unit_test_setup_teardown(packed_model__scores_by_hand, setup, teardown),
        cmocka_unit_test_setup_teardown(packed_weight__is_scale_times_number, setup, teardown),
        cmocka_unit_test(packed_sums__are_those_of_a_plain_loop),
        cmocka_unit_test_setup_teardown(packed_model__is_not_saved_if_it_contradicts_itself, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(packed_model__survives_every_changed_byte, setup, teardown),
        cmocka_unit_test_setup_teardown(packed_model__needs_its_sections, setup, teardown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
