/* Support vectors in a model file: round trip, what is not saved, hostile files. */
#include "classify/model_file.h"
#include "rbf_fixture.h"
#include "tests/fuzz/model_seal.h"

/* ---- Saving. ---- */

static void model_save__keeps_support_vectors(void **state)
{
    rbf_fixture *f = *state;
    fixture_open(&f->small);
    const ttag_model_parts *parts = ttag_model_get(f->small.model);
    const ttag_support_vectors *a = &f->small.parts.support, *b = &parts->support;
    assert_int_equal(parts->kernel, TTAG_KERNEL_RBF);
    assert_null(parts->weights);
    assert_int_equal(parts->weight_stride, STRIDE);
    assert_true(b->gamma == RBF_GAMMA);
    assert_int_equal(b->n_vectors, N_VECTORS);
    size_t n_values = (size_t)a->term_starts[N_TERMS], n_coefs = (size_t)a->coef_starts[N_TAGS];
    assert_memory_equal(a->squares, b->squares, sizeof f->squares);
    assert_memory_equal(a->term_starts, b->term_starts, sizeof f->term_starts);
    assert_memory_equal(a->vectors, b->vectors, n_values * sizeof *a->vectors);
    assert_memory_equal(a->values, b->values, n_values * sizeof *a->values);
    assert_memory_equal(a->coef_starts, b->coef_starts, sizeof f->coef_starts);
    assert_memory_equal(a->coef_vectors, b->coef_vectors, n_coefs * sizeof *a->coef_vectors);
    assert_memory_equal(a->coefs, b->coefs, n_coefs * sizeof *a->coefs);
    assert_int_equal(ttag_model_verify(f->small.model, NULL), TTAG_OK);
}

typedef void spoil(rbf_fixture *f);

static void no_gamma(rbf_fixture *f)
{
    f->small.parts.support.gamma = 0;
}

static void endless_gamma(rbf_fixture *f)
{
    f->small.parts.support.gamma = INFINITY;
}

static void falling_terms(rbf_fixture *f)
{
    f->term_starts[1] = f->term_starts[2] + 1;
}

static void late_coefs(rbf_fixture *f)
{
    f->coef_starts[0] = 1;
}

static void foreign_vector(rbf_fixture *f)
{
    f->vectors[2] = N_VECTORS;
}

static void equal_vectors(rbf_fixture *f)
{
    f->coef_vectors[1] = f->coef_vectors[0];
}

static void odd_value(rbf_fixture *f)
{
    f->values[0] = NAN;
}

static void odd_coef(rbf_fixture *f)
{
    f->coefs[0] = INFINITY;
}

static void negative_square(rbf_fixture *f)
{
    f->squares[0] = -1;
}

static void unknown_kernel(rbf_fixture *f)
{
    f->small.parts.kernel = (ttag_kernel)7;
}

static void model_save__refuses_improper_support_vectors(void **state)
{
    static const struct {
        spoil *change;
        const char *why;
    } cases[] = {{no_gamma, "gamma"},
                 {endless_gamma, "gamma"},
                 {falling_terms, "do not rise from 0"},
                 {late_coefs, "do not rise from 0"},
                 {foreign_vector, "do not rise within"},
                 {equal_vectors, "do not rise within"},
                 {odd_value, "not a finite number"},
                 {odd_coef, "not a finite number"},
                 {negative_square, "not a finite number"},
                 {unknown_kernel, "the kernel is unknown"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rbf_fixture f;
        ttag_error err = {0};
        rbf_fixture_init(&f);
        cases[i].change(&f);
        assert_int_equal(ttag_model_save(&f.small.parts, f.small.path, &err), TTAG_INVALID);
        if (!strstr(err.text, cases[i].why))
            fail_msg("\"%s\" is not in \"%s\"", cases[i].why, err.text);
        fixture_dispose(&f.small);
    }
}

/* ---- Hostile files. ---- */

static unsigned char *saved(rbf_fixture *f, size_t *size)
{
    assert_int_equal(ttag_model_save(&f->small.parts, f->small.path, NULL), TTAG_OK);
    return fixture_slurp(f->small.path, size);
}

static ttag_status check_scores(void *payload, size_t index, const ttag_classification *result)
{
    (void)payload;
    (void)index;
    for (size_t tag = 0; tag < N_TAGS; tag++)
        assert_true(isfinite(result->scores[tag]));
    return TTAG_OK;
}

static void use(const ttag_model *model)
{
    ttag_workspace *work;
    ttag_article articles[2] = {{.text = view("alpha beta gamma")}, {.text = view("delta alpha")}};
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    float weights[N_TERMS];
    opts.explain = 3;
    opts.all = true;
    assert_int_equal(ttag_workspace_new(&work, model, &opts, NULL), TTAG_OK);
    assert_int_equal(ttag_classify_many(work, articles, 2, check_scores, NULL, NULL), TTAG_OK);
    ttag_workspace_free(work);
    for (size_t tag = 0; tag < N_TAGS; tag++)
        ttag_model_term_weights(weights, ttag_model_get(model), tag, NULL);
}

/* Opens a copy of exactly that size; where that succeeds, uses and verifies it. */
static ttag_status try_bytes(const unsigned char *bytes, size_t size, bool *verified,
                             ttag_error *err)
{
    void *copy = malloc(size);
    ttag_model *model;
    assert_non_null(copy);
    memcpy(copy, bytes, size);
    *err = (ttag_error){0};
    *verified = false;
    ttag_status status = model_open_memory(&model, copy, size, "m.ttag", err);
    if (status == TTAG_OK) {
        use(model);
        *verified = ttag_model_verify(model, err) == TTAG_OK;
    }
    ttag_model_close(model);
    free(copy);
    return status;
}

static model_section *section_of(unsigned char *bytes, model_part part)
{
    model_header *header = (void *)bytes;
    model_section *sections = (void *)(bytes + sizeof *header);
    for (size_t i = 0; i < header->n_sections; i++)
        if (strncmp(sections[i].name, model_part_name(part), sizeof sections[i].name) == 0)
            return &sections[i];
    fail_msg("there is no section %s", model_part_name(part));
    return NULL;
}

static void *part_of(unsigned char *bytes, model_part part)
{
    return bytes + section_of(bytes, part)->offset;
}

static model_kernel *kernel_of(unsigned char *bytes)
{
    return part_of(bytes, PART_KERNEL);
}

typedef void alter(unsigned char *bytes);

static void other_kind(unsigned char *bytes)
{
    kernel_of(bytes)->kind = 0;
}

static void reserved_set(unsigned char *bytes)
{
    kernel_of(bytes)->reserved = 1;
}

static void nan_gamma(unsigned char *bytes)
{
    kernel_of(bytes)->gamma = NAN;
}

static void negative_gamma(unsigned char *bytes)
{
    kernel_of(bytes)->gamma = -1;
}

static void many_vectors(unsigned char *bytes)
{
    kernel_of(bytes)->n_vectors = UINT32_MAX;
}

static void more_vectors(unsigned char *bytes)
{
    kernel_of(bytes)->n_vectors++;
}

static void huge_values(unsigned char *bytes)
{
    kernel_of(bytes)->n_values = UINT64_MAX / 2;
}

static void fewer_coefs(unsigned char *bytes)
{
    kernel_of(bytes)->n_coefs--;
}

static void fall(unsigned char *bytes)
{
    ((uint64_t *)part_of(bytes, PART_VECTOR_STARTS))[1] = 1000000;
}

static void begin_late(unsigned char *bytes)
{
    ((uint64_t *)part_of(bytes, PART_VECTOR_STARTS))[0] = 1;
}

static void end_late(unsigned char *bytes)
{
    ((uint64_t *)part_of(bytes, PART_COEF_STARTS))[N_TAGS]++;
}

static void linear_after_all(unsigned char *bytes)
{
    ((model_options *)part_of(bytes, PART_OPTIONS))->flags &= ~(uint32_t)MODEL_SUPPORT_VECTORS;
}

static void no_coefs(unsigned char *bytes)
{
    memcpy(section_of(bytes, PART_COEFS)->name, "other", 6);
}

static void model_open__refuses_hostile_support_vectors(void **state)
{
    static const struct {
        alter *change;
        const char *why;
    } cases[] = {{other_kind, "names a kernel that is not in version"},
                 {reserved_set, "names a kernel that is not in version"},
                 {nan_gamma, "gamma"},
                 {negative_gamma, "gamma"},
                 {many_vectors, "too many support vectors"},
                 {more_vectors, "section \"vector-squares\" has 40 bytes"},
                 {huge_values, "section \"vectors\""},
                 {fewer_coefs, "section \"coef-vectors\""},
                 {fall, "section \"vector-starts\" does not rise"},
                 {begin_late, "section \"vector-starts\" does not rise"},
                 {end_late, "section \"coef-starts\" does not rise"},
                 {linear_after_all, "section \"weights\" is missing"},
                 {no_coefs, "section \"coefs\" is missing"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t size;
        bool verified;
        ttag_error err;
        unsigned char *bytes = saved(*state, &size);
        cases[i].change(bytes);
        model_seal(bytes, size);
        ttag_status status = try_bytes(bytes, size, &verified, &err);
        if (status != TTAG_FORMAT || !strstr(err.text, cases[i].why))
            fail_msg("status %d, \"%s\"; expected \"%s\"", status, err.text, cases[i].why);
        free(bytes);
    }
}

/* What is looked at only when used may hold anything. */
static void model_open__survives_hostile_support_vectors(void **state)
{
    static const model_part parts[] = {PART_SQUARES, PART_VECTORS, PART_VECTOR_VALUES,
                                       PART_COEF_VECTORS, PART_COEFS};
    size_t size;
    unsigned char *bytes = saved(*state, &size);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t section_size = (size_t)section_of(bytes, parts[i])->size;
        unsigned char *start = part_of(bytes, parts[i]);
        void *kept = malloc(section_size);
        assert_non_null(kept);
        memcpy(kept, start, section_size);
        for (unsigned fill = 0; fill < 256; fill++) {
            bool verified;
            ttag_error err;
            memset(start, (int)fill, section_size);
            model_seal(bytes, size);
            assert_int_equal(try_bytes(bytes, size, &verified, &err), TTAG_OK);
        }
        memcpy(start, kept, section_size);
        free(kept);
    }
    free(bytes);
}

static void model_open__notices_changed_support_vectors(void **state)
{
    size_t size;
    unsigned char *bytes = saved(*state, &size);
    for (size_t i = 0; i < size; i++) {
        bool verified;
        ttag_error err;
        bytes[i] ^= 0x81;
        try_bytes(bytes, size, &verified, &err);
        if (verified)
            fail_msg("byte %zu is changed and nobody notices", i);
        bytes[i] ^= 0x81;
    }
    free(bytes);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, rbf_fixture_setup, rbf_fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(model_save__keeps_support_vectors),
        CASE(model_save__refuses_improper_support_vectors),
        CASE(model_open__refuses_hostile_support_vectors),
        CASE(model_open__survives_hostile_support_vectors),
        CASE(model_open__notices_changed_support_vectors),
    };
    return cmocka_run_group_tests_name("rbf_file", tests, NULL, NULL);
}
