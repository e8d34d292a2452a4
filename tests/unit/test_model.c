/* The model file: round trip, same bytes, and everything that must be refused. */
#include <sys/stat.h>

#include "base/memory.h"
#include "classify/model_file.h"
#include "model_fixture.h"
#include "tests/fuzz/model_seal.h"

#define N_LINEAR_PARTS PART_KERNEL /* sections of a model with weights */

/* ---- Helpers. ---- */

/* The bytes of the fixture's model, owned by the caller. */
static unsigned char *saved(model_fixture *f, size_t *size)
{
    assert_int_equal(ttag_model_save(&f->parts, f->path, NULL), TTAG_OK);
    return fixture_slurp(f->path, size);
}

static void classify_something(const ttag_model *model)
{
    ttag_workspace *work;
    ttag_classification result;
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    opts.explain = 3;
    opts.all = true;
    assert_int_equal(ttag_workspace_new(&work, model, &opts, NULL), TTAG_OK);
    assert_int_equal(ttag_classify_text(work, &result, "alpha beta gamma delta other", NULL),
                     TTAG_OK);
    for (size_t i = 0; i < result.n_decisions; i++)
        assert_true(isfinite(result.decisions[i].score));
    ttag_workspace_free(work);
}

/* Opens a copy of exactly `size` bytes; where that succeeds, uses and verifies it. */
static ttag_status try_bytes(const unsigned char *bytes, size_t size, bool *verified,
                             ttag_error *err)
{
    void *copy = malloc(size ? size : 1);
    assert_non_null(copy);
    if (size)
        memcpy(copy, bytes, size);
    ttag_model *model;
    *err = (ttag_error){0};
    *verified = false;
    ttag_status status = model_open_memory(&model, copy, size, "m.ttag", err);
    if (status == TTAG_OK) {
        classify_something(model);
        *verified = ttag_model_verify(model, err) == TTAG_OK;
    } else {
        assert_null(model);
        assert_int_equal(err->code, status);
        assert_string_equal(err->path, "m.ttag");
        assert_true(err->text[0] != '\0');
    }
    ttag_model_close(model);
    free(copy);
    return status;
}

static model_section *section_of(unsigned char *bytes, model_part part)
{
    return (model_section *)(void *)(bytes + sizeof(model_header)) + part;
}

static void *part_of(unsigned char *bytes, model_part part)
{
    return bytes + section_of(bytes, part)->offset;
}

/* ---- Round trip. ---- */

static void assert_same_tag(const ttag_model_tag *a, const ttag_model_tag *b)
{
    assert_true(view_equal(a->name, b->name));
    assert_true(view_equal(a->description, b->description));
    assert_true(view_equal(a->group, b->group));
    assert_int_equal(a->n_implies, b->n_implies);
    assert_memory_equal(a->implies, b->implies, a->n_implies * sizeof *a->implies);
    assert_int_equal(a->support, b->support);
    assert_int_equal(a->constant, b->constant);
    assert_true(a->bias == b->bias && a->cut == b->cut && a->threshold == b->threshold);
    assert_true(a->slope == b->slope && a->offset == b->offset);
    assert_int_equal(a->n_points, b->n_points);
    assert_memory_equal(a->points, b->points, 2 * a->n_points * sizeof *a->points);
    assert_true(isnan(a->oof_f1) ? isnan(b->oof_f1) : a->oof_f1 == b->oof_f1);
    assert_true(isnan(a->oof_recall) ? isnan(b->oof_recall) : a->oof_recall == b->oof_recall);
    assert_true(isnan(a->oof_precision) ? isnan(b->oof_precision)
                                        : a->oof_precision == b->oof_precision);
    assert_true(isnan(a->cut_spread) ? isnan(b->cut_spread) : a->cut_spread == b->cut_spread);
}

static void model_save__opens_with_the_same_parts(void **state)
{
    model_fixture *f = *state;
    const float points[] = {-1, -3, 0.5F, 0, 2, 4};
    f->tags[NEWS].constant = true;
    f->tags[NEWS].points = f->tags[LINUX].points = points;
    f->tags[NEWS].n_points = 2;
    f->tags[LINUX].n_points = 3;
    f->tags[LINUX].threshold = INFINITY;
    fixture_open(f);
    const ttag_model_parts *parts = ttag_model_get(f->model);
    const ttag_vocabulary *v = &parts->vocabulary, *w = &f->parts.vocabulary;
    assert_int_equal(parts->n_tags, N_TAGS);
    for (size_t i = 0; i < N_TAGS; i++)
        assert_same_tag(&f->tags[i], &parts->tags[i]);
    assert_int_equal(parts->text.tokens, f->parts.text.tokens);
    assert_int_equal(parts->text.title, f->parts.text.title);
    assert_int_equal(parts->text.word_ngrams, f->parts.text.word_ngrams);
    assert_int_equal(parts->text.min_df, f->parts.text.min_df);
    assert_true(parts->text.max_df == f->parts.text.max_df);
    assert_false(parts->text.sublinear_tf || parts->text.smooth_idf || parts->text.l2_norm);
    assert_true(parts->calibrated);
    assert_true(view_equal(parts->card, f->parts.card));
    assert_int_equal(parts->weight_stride, STRIDE);
    assert_memory_equal(parts->weights, f->weights, sizeof f->weights);
    assert_int_equal(v->n_terms, w->n_terms);
    assert_int_equal(v->n_bytes, w->n_bytes);
    assert_int_equal(v->n_slots, w->n_slots);
    assert_memory_equal(v->offsets, w->offsets, (w->n_terms + 1) * sizeof *w->offsets);
    assert_memory_equal(v->bytes, w->bytes, w->n_bytes);
    assert_memory_equal(v->df, w->df, w->n_terms * sizeof *w->df);
    assert_memory_equal(v->idf, w->idf, w->n_terms * sizeof *w->idf);
    assert_memory_equal(v->slots, w->slots, w->n_slots * sizeof *w->slots);
    assert_int_equal(ttag_vocabulary_find(v, view("delta")), DELTA);
    assert_int_equal(ttag_model_verify(f->model, NULL), TTAG_OK);
    struct stat info;
    assert_int_equal(stat(f->path, &info), 0);
    assert_int_equal(ttag_model_size(f->model), info.st_size);
}

static void model_save__keeps_every_text_option(void **state)
{
    model_fixture *f = *state;
    ttag_features_free(f->features);
    f->parts.text = (ttag_text_opts)TTAG_TEXT_OPTS_BEST;
    f->parts.text.min_df = 1;
    f->parts.text.word_ngrams = 1;
    f->parts.text.char_least = f->parts.text.char_most = 0;
    f->features = fixture_features(&f->parts.text);
    f->parts.text.char_least = 2;
    f->parts.text.char_most = 7;
    f->parts.text.stem = TTAG_STEM_ENGLISH;
    f->parts.text.even_chars = true;
    f->parts.vocabulary = *ttag_features_vocabulary(f->features);
    fixture_open(f);
    const ttag_text_opts *text = &ttag_model_get(f->model)->text;
    assert_int_equal(text->tokens, TTAG_TOKENS_SECURITY);
    assert_int_equal(text->title, TTAG_TITLE_FIELD);
    assert_int_equal(text->char_least, 2);
    assert_int_equal(text->char_most, 7);
    assert_int_equal(text->stem, TTAG_STEM_ENGLISH);
    assert_true(text->even_chars && text->sublinear_tf && text->smooth_idf && text->l2_norm);
}

static void model_save__keeps_hash_bits(void **state)
{
    model_fixture *f = *state;
    ttag_features_free(f->features);
    f->parts.text.hash_bits = 28;
    f->features = fixture_features(&f->parts.text);
    f->parts.vocabulary = *ttag_features_vocabulary(f->features);
    fixture_open(f);
    const ttag_model_parts *parts = ttag_model_get(f->model);
    assert_int_equal(parts->text.hash_bits, 28);
    uint32_t alpha = ttag_vocabulary_find(&parts->vocabulary, view_of("alpha"));
    assert_true(view_equal(ttag_vocabulary_term(&parts->vocabulary, alpha), view_of("alpha")));
    f->parts.vocabulary.hash_bits = 27;
    ttag_error err;
    assert_int_equal(ttag_model_save(&f->parts, f->path, &err), TTAG_INVALID);
    assert_non_null(strstr(err.text, "differ in their hash bits"));
}

static void model_save__same_parts_same_bytes(void **state)
{
    model_fixture *f = *state;
    size_t first_size, second_size;
    unsigned char *first = saved(f, &first_size);
    uint32_t other_nan = 0xffc12345;
    memcpy(&f->tags[NEWS].oof_f1, &other_nan, sizeof other_nan);
    unsigned char *second = saved(f, &second_size);
    assert_int_equal(first_size, second_size);
    assert_memory_equal(first, second, first_size);
    free(first);
    free(second);
}

static void model_save__sections_are_aligned(void **state)
{
    size_t size;
    unsigned char *bytes = saved(*state, &size);
    for (size_t part = 0; part < N_LINEAR_PARTS; part++)
        assert_int_equal(section_of(bytes, (model_part)part)->offset % MODEL_ALIGNMENT, 0);
    free(bytes);
}

/* ---- Parts that contradict themselves. ---- */

static void assert_not_saved(model_fixture *f, const char *part_of_message)
{
    ttag_error err = {0};
    assert_int_equal(ttag_model_save(&f->parts, f->path, &err), TTAG_INVALID);
    if (!strstr(err.text, part_of_message))
        fail_msg("\"%s\" is not in \"%s\"", part_of_message, err.text);
    assert_int_equal(access(f->path, F_OK), -1);
}

static void model_save__refuses_tags_out_of_order(void **state)
{
    model_fixture *f = *state;
    f->tags[NEWS].name = view("Malware");
    assert_not_saved(f, "tag 2: its name does not follow the one before it");
}

static void model_save__refuses_bad_figures(void **state)
{
    model_fixture *f = *state;
    f->tags[MALWARE].slope = 0;
    assert_not_saved(f, "tag 1: its calibration");
    f->tags[MALWARE].slope = NAN;
    assert_not_saved(f, "tag 1: its calibration");
    f->tags[MALWARE].slope = -1;
    f->tags[MALWARE].bias = INFINITY;
    assert_not_saved(f, "tag 1: its bias");
    f->tags[MALWARE].bias = 0;
    f->tags[MALWARE].threshold = NAN;
    assert_not_saved(f, "tag 1: its threshold");
    f->tags[MALWARE].threshold = 1;
    f->weights[STRIDE - 1] = 1;
    assert_not_saved(f, "padding is not 0");
    f->weights[STRIDE - 1] = 0;
    f->weights[0] = NAN;
    assert_not_saved(f, "a weight is not a finite number");
}

static void model_save__refuses_points_that_do_not_rise(void **state)
{
    model_fixture *f = *state;
    float points[] = {-1, -3, 0.5F, 0, 2, 4};
    f->tags[MALWARE].points = points;
    f->tags[MALWARE].n_points = 1;
    assert_not_saved(f, "tag 1: its calibration has one point");
    f->tags[MALWARE].n_points = 65;
    assert_not_saved(f, "tag 1: its calibration has one point, over 64");
    f->tags[MALWARE].n_points = 3;
    points[2] = -1;
    assert_not_saved(f, "or some that do not rise");
    points[2] = 0.5F;
    points[5] = 0;
    assert_not_saved(f, "or some that do not rise");
    points[5] = NAN;
    assert_not_saved(f, "or some that do not rise");
}

static void model_save__refuses_bad_implications(void **state)
{
    model_fixture *f = *state;
    f->implied = N_TAGS;
    assert_not_saved(f, "tag 4: its implied tag");
    f->implied = LINUX;
    assert_not_saved(f, "tag 4: its implied tag");
}

static void model_save__refuses_calibration_without_calibration(void **state)
{
    model_fixture *f = *state;
    f->parts.calibrated = false;
    assert_not_saved(f, "tag 1: its calibration contradicts");
}

static void model_save__refuses_a_wrong_stride(void **state)
{
    model_fixture *f = *state;
    f->parts.weight_stride = 4;
    assert_not_saved(f, "stride");
}

static void model_save__says_where_it_cannot_write(void **state)
{
    model_fixture *f = *state;
    ttag_error err = {0};
    assert_int_equal(ttag_model_save(&f->parts, "/nonexistent/m.ttag", &err), TTAG_IO);
    assert_string_equal(err.path, "/nonexistent/m.ttag");
}

static void model_save__leaves_nothing_without_memory(void **state)
{
#ifdef TTAG_FAULTS
    model_fixture *f = *state;
    ttag_status status = TTAG_NOMEM;
    for (size_t n = 1; status != TTAG_OK; n++) {
        mem_fail_after(n);
        status = ttag_model_save(&f->parts, f->path, NULL);
        mem_fail_after(0);
        assert_true(status == TTAG_OK || status == TTAG_NOMEM);
        assert_int_equal(access(f->path, F_OK), status == TTAG_OK ? 0 : -1);
    }
#else
    (void)state;
    skip();
#endif
}

/* ---- Files that are refused. ---- */

static void assert_refused(const unsigned char *bytes, size_t size, ttag_status status,
                           const char *message)
{
    bool verified;
    ttag_error err;
    ttag_status got = try_bytes(bytes, size, &verified, &err);
    if (got != status || !strstr(err.text, message))
        fail_msg("status %d, \"%s\"; expected %d, \"%s\"", got, err.text, status, message);
}

static void model_open__refuses_what_is_not_a_model(void **state)
{
    (void)state;
    const char *text = "{\"text\":\"an article, long enough to hold a header of a model\"}";
    assert_refused((const unsigned char *)text, strlen(text), TTAG_FORMAT,
                   "not a ThreatTag model: the first bytes are not its mark");
    assert_refused((const unsigned char *)"", 0, TTAG_FORMAT,
                   "not a ThreatTag model: the file is empty");
    assert_refused((const unsigned char *)"x", 1, TTAG_FORMAT, "not a ThreatTag model");
}

static void model_open__refuses_folders_and_nothing(void **state)
{
    model_fixture *f = *state;
    ttag_model *model;
    ttag_error err = {0};
    assert_int_equal(ttag_model_open(&model, f->folder, &err), TTAG_IO);
    assert_null(model);
    assert_int_equal(ttag_model_open(&model, f->path, &err), TTAG_IO);
    assert_null(model);
    assert_string_equal(err.path, f->path);
    FILE *empty = fopen(f->path, "wb");
    assert_non_null(empty);
    fclose(empty);
    assert_int_equal(ttag_model_open(&model, f->path, &err), TTAG_FORMAT);
    assert_null(model);
}

static void model_open__names_the_other_version(void **state)
{
    size_t size;
    unsigned char *bytes = saved(*state, &size);
    ((model_header *)(void *)bytes)->version = 7;
    assert_refused(bytes, size, TTAG_VERSION_UNKNOWN,
                   "format version 7; this program reads version 2");
    free(bytes);
}

static void model_open__refuses_every_length_but_its_own(void **state)
{
    size_t size;
    unsigned char *bytes = saved(*state, &size);
    for (size_t length = 0; length < size; length++)
        assert_refused(bytes, length, TTAG_FORMAT,
                       length == 0   ? "empty"
                       : length < 32 ? "truncated: the header has 32 bytes"
                                     : "truncated: the header says");
    char message[96];
    snprintf(message, sizeof message, "truncated: the header says %zu bytes, the file has 1000",
             size);
    assert_refused(bytes, 1000, TTAG_FORMAT, message);
    assert_refused(bytes, size + 1, TTAG_FORMAT, "too long: the header says"); /* the terminator */
    free(bytes);
}

/* Whichever byte is changed, the file is refused when opened or when verified, and never crashes.
 */
static void model_open__notices_every_changed_byte(void **state)
{
    size_t size;
    unsigned char *bytes = saved(*state, &size);
    size_t head = sizeof(model_header) + N_LINEAR_PARTS * sizeof(model_section);
    for (size_t i = 0; i < size; i++) {
        for (unsigned mask = 1; mask < 256; mask = mask == 1 ? 0x80 : mask == 0x80 ? 0xff : 256) {
            bool verified;
            ttag_error err;
            bytes[i] ^= (unsigned char)mask;
            ttag_status status = try_bytes(bytes, size, &verified, &err);
            if (verified || (i < head && status == TTAG_OK))
                fail_msg("byte %zu is changed and nobody notices", i);
            if (status != TTAG_OK)
                assert_true(status == TTAG_FORMAT || (i >= 8 && i < 12));
            bytes[i] ^= (unsigned char)mask;
        }
    }
    free(bytes);
}

static void model_verify__names_the_section(void **state)
{
    size_t size;
    unsigned char *bytes = saved(*state, &size);
    bool verified;
    ttag_error err;
    *(unsigned char *)part_of(bytes, PART_WEIGHTS) ^= 1;
    assert_int_equal(try_bytes(bytes, size, &verified, &err), TTAG_OK);
    assert_false(verified);
    assert_string_equal(err.text, "damaged: the checksum of section \"weights\" does not match");
    free(bytes);
}

/* ---- Files whose checksums fit, made to do harm. ---- */

typedef void alter(unsigned char *bytes);

static void assert_sealed_refused(model_fixture *f, alter *change, const char *message)
{
    size_t size;
    unsigned char *bytes = saved(f, &size);
    change(bytes);
    model_seal(bytes, size);
    assert_refused(bytes, size, TTAG_FORMAT, message);
    free(bytes);
}

static model_options *options_of(unsigned char *bytes)
{
    return part_of(bytes, PART_OPTIONS);
}

static model_tag *tags_of(unsigned char *bytes)
{
    return part_of(bytes, PART_TAGS);
}

static void many_terms(unsigned char *bytes)
{
    options_of(bytes)->n_terms = 5;
}

static void huge_terms(unsigned char *bytes)
{
    options_of(bytes)->n_terms = UINT64_MAX / 8;
}

static void no_terms(unsigned char *bytes)
{
    options_of(bytes)->n_terms = 0;
}

static void many_tags(unsigned char *bytes)
{
    options_of(bytes)->n_tags = 0x7fffffff;
    options_of(bytes)->weight_stride = 0x80000000;
}

static void no_tags(unsigned char *bytes)
{
    options_of(bytes)->n_tags = 0;
}

static void odd_slots(unsigned char *bytes)
{
    options_of(bytes)->n_slots = 7;
}

static void few_slots(unsigned char *bytes)
{
    options_of(bytes)->n_slots = 4;
}

static void other_stride(unsigned char *bytes)
{
    options_of(bytes)->weight_stride = 16;
}

static void unknown_rule(unsigned char *bytes)
{
    options_of(bytes)->tokens = 99;
}

static void unknown_flag(unsigned char *bytes)
{
    options_of(bytes)->flags |= 1U << 31;
}

static void no_ngrams(unsigned char *bytes)
{
    options_of(bytes)->word_ngrams = 0;
}

static void few_hash_bits(unsigned char *bytes)
{
    options_of(bytes)->flags |= 9U << MODEL_HASH_SHIFT;
}

static void long_name(unsigned char *bytes)
{
    tags_of(bytes)[0].name_size = UINT32_MAX;
}

static void short_name(unsigned char *bytes)
{
    tags_of(bytes)[0].name_size--;
}

static void many_implies(unsigned char *bytes)
{
    tags_of(bytes)[0].n_implies = UINT32_MAX;
}

static void lost_implies(unsigned char *bytes)
{
    tags_of(bytes)[LINUX].n_implies = 0;
}

static void implies_nothing_known(unsigned char *bytes)
{
    *(uint32_t *)(void *)(tags_of(bytes) + N_TAGS) = 1000000;
}

static void control_character(unsigned char *bytes)
{
    *(char *)part_of(bytes, PART_STRINGS) = 0x1b;
}

static void bad_utf8(unsigned char *bytes)
{
    *(unsigned char *)part_of(bytes, PART_STRINGS) = 0xff;
}

static void high_threshold(unsigned char *bytes)
{
    tags_of(bytes)[0].threshold = 1.5F;
}

static void rising_slope(unsigned char *bytes)
{
    tags_of(bytes)[0].slope = 1;
}

static void lost_points(unsigned char *bytes)
{
    tags_of(bytes)[0].n_points = 2;
}

static void unknown_tag_flag(unsigned char *bytes)
{
    tags_of(bytes)[0].flags = 2;
}

static void card_with_nul(unsigned char *bytes)
{
    *(char *)part_of(bytes, PART_CARD) = '\0';
}

static void overlapping(unsigned char *bytes)
{
    section_of(bytes, PART_DF)->offset = section_of(bytes, PART_IDF)->offset;
}

static void endless(unsigned char *bytes)
{
    section_of(bytes, PART_WEIGHTS)->size = UINT64_MAX - 63;
}

static void twice(unsigned char *bytes)
{
    memcpy(section_of(bytes, PART_DF)->name, section_of(bytes, PART_IDF)->name, 16);
}

static void nameless(unsigned char *bytes)
{
    memset(section_of(bytes, PART_DF)->name, 0, 16);
}

static void many_sections(unsigned char *bytes)
{
    ((model_header *)(void *)bytes)->n_sections = 1000000;
}

static void few_sections(unsigned char *bytes)
{
    ((model_header *)(void *)bytes)->n_sections = 3;
}

static void model_open__refuses_hostile_files(void **state)
{
    static const struct {
        alter *change;
        const char *message;
    } cases[] = {
        {many_terms, "is not what its number of items takes"},
        {huge_terms, "no tags or no terms, or too many"},
        {no_terms, "no tags or no terms, or too many"},
        {many_tags, "section \"weights\" has 128 bytes"},
        {no_tags, "no tags or no terms, or too many"},
        {odd_slots, "the hash table is not a power of two"},
        {few_slots, "the hash table is not a power of two"},
        {other_stride, "stride"},
        {unknown_rule, "names a rule that is not in version 2"},
        {unknown_flag, "names a rule that is not in version 2"},
        {no_ngrams, "section \"options\": "},
        {few_hash_bits, "section \"options\": the number of hash bits is out of range"},
        {long_name, "do not fit each other"},
        {short_name, "do not fit each other"},
        {many_implies, "do not fit each other"},
        {lost_implies, "do not fit each other"},
        {implies_nothing_known, "tag 4: its implied tag"},
        {control_character, "tag 1: its name, description or group is not plain UTF-8 text"},
        {bad_utf8, "tag 1: its name, description or group is not plain UTF-8 text"},
        {high_threshold, "tag 1: its threshold"},
        {rising_slope, "tag 1: its calibration"},
        {lost_points, "do not fit each other"},
        {unknown_tag_flag, "do not fit each other"},
        {card_with_nul, "section \"card\""},
        {overlapping, "section \"df\" is out of place"},
        {endless, "section \"weights\" is out of place"},
        {twice, "section \"df\" is missing"},
        {nameless, "section 6 has no proper name"},
        {many_sections, "the header says 1000000 sections"},
        {few_sections, "the header says 3 sections"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_sealed_refused(*state, cases[i].change, cases[i].message);
}

/* ---- Boilerplate. ---- */

static const uint64_t repeated[] = {1, 77, UINT64_MAX};

static void model_save__keeps_boilerplate(void **state)
{
    model_fixture *f = *state;
    f->parts.boilerplate = (ttag_boilerplate){true, repeated, 3};
    fixture_open(f);
    const ttag_boilerplate *got = &ttag_model_get(f->model)->boilerplate;
    assert_true(got->patterns);
    assert_int_equal(got->n_repeated, 3);
    assert_memory_equal(got->repeated, repeated, sizeof repeated);
    assert_int_equal(ttag_model_verify(f->model, NULL), TTAG_OK);
    f->parts.boilerplate = (ttag_boilerplate)TTAG_BOILERPLATE_INIT;
    fixture_open(f);
    assert_true(ttag_model_get(f->model)->boilerplate.patterns);
    f->parts.boilerplate = (ttag_boilerplate){false, NULL, 0};
    fixture_open(f);
    assert_false(ttag_model_get(f->model)->boilerplate.patterns);
    assert_null(f->model->found[PART_BOILERPLATE]);
    f->parts.boilerplate = (ttag_boilerplate){false, repeated, 3};
    assert_int_equal(ttag_model_save(&f->parts, f->path, NULL), TTAG_INVALID);
}

static model_boilerplate *boilerplate_of(unsigned char *bytes)
{
    return part_of(bytes, N_LINEAR_PARTS); /* behind those of any linear model */
}

static void many_repeated(unsigned char *bytes)
{
    boilerplate_of(bytes)->n_repeated = 4;
}

static void huge_repeated(unsigned char *bytes)
{
    boilerplate_of(bytes)->n_repeated = UINT32_MAX;
}

static void other_patterns(unsigned char *bytes)
{
    boilerplate_of(bytes)->patterns = 2;
}

static void falling_lines(unsigned char *bytes)
{
    ((uint64_t *)(void *)(boilerplate_of(bytes) + 1))[0] = 78;
}

static void no_boilerplate(unsigned char *bytes)
{
    memcpy(section_of(bytes, N_LINEAR_PARTS)->name, "bookplate\0\0", 12);
}

static void model_open__refuses_hostile_boilerplate(void **state)
{
    model_fixture *f = *state;
    f->parts.boilerplate = (ttag_boilerplate){true, repeated, 3};
    assert_sealed_refused(f, many_repeated, "section \"boilerplate\" has not the size");
    assert_sealed_refused(f, huge_repeated, "section \"boilerplate\" has not the size");
    assert_sealed_refused(f, other_patterns, "section \"boilerplate\" has not the size");
    assert_sealed_refused(f, falling_lines, "the hashes of lines that repeat do not rise");
    assert_sealed_refused(f, no_boilerplate, "section \"boilerplate\" is missing");
}

/* Vocabulary and weights are looked at only when used: nothing there may do harm. */
static void model_open__survives_hostile_vocabularies(void **state)
{
    static const model_part parts[] = {PART_TERM_OFFSETS, PART_TERM_BYTES, PART_DF,
                                       PART_IDF,          PART_SLOTS,      PART_WEIGHTS};
    size_t size;
    unsigned char *bytes = saved(*state, &size);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        model_section *section = section_of(bytes, parts[i]);
        unsigned char *start = bytes + section->offset;
        void *kept = malloc((size_t)section->size);
        assert_non_null(kept);
        memcpy(kept, start, (size_t)section->size);
        for (unsigned fill = 0; fill < 256; fill++) {
            bool verified;
            ttag_error err;
            memset(start, (int)fill, (size_t)section->size);
            model_seal(bytes, size);
            assert_int_equal(try_bytes(bytes, size, &verified, &err), TTAG_OK);
        }
        memcpy(start, kept, (size_t)section->size);
        free(kept);
    }
    free(bytes);
}

static void model_open__ignores_sections_it_does_not_know(void **state)
{
    size_t size;
    unsigned char *bytes = saved(*state, &size);
    size_t old_head = model_align(sizeof(model_header) + N_LINEAR_PARTS * sizeof(model_section));
    size_t new_head =
        model_align(sizeof(model_header) + (N_LINEAR_PARTS + 1) * sizeof(model_section));
    size_t end = (size_t)model_align(size - old_head + new_head);
    unsigned char *longer = calloc(end + 3, 1);
    assert_non_null(longer);
    memcpy(longer, bytes, sizeof(model_header) + N_LINEAR_PARTS * sizeof(model_section));
    memcpy(longer + new_head, bytes + old_head, size - old_head);
    memcpy(longer + end, "new", 3);
    ((model_header *)(void *)longer)->n_sections = N_LINEAR_PARTS + 1;
    for (size_t i = 0; i < N_LINEAR_PARTS; i++)
        section_of(longer, (model_part)i)->offset += new_head - old_head;
    *section_of(longer, N_LINEAR_PARTS) =
        (model_section){.name = "later", .offset = end, .size = 3};
    model_seal(longer, end + 3);
    bool verified;
    ttag_error err;
    assert_int_equal(try_bytes(longer, end + 3, &verified, &err), TTAG_OK);
    assert_true(verified);
    longer[end] ^= 1;
    assert_int_equal(try_bytes(longer, end + 3, &verified, &err), TTAG_OK);
    assert_false(verified);
    assert_non_null(strstr(err.text, "\"later\""));
    memcpy(section_of(longer, N_LINEAR_PARTS)->name, "idf\0\0", 5);
    model_seal(longer, end + 3);
    assert_refused(longer, end + 3, TTAG_FORMAT, "section \"idf\" is there twice");
    free(longer);
    free(bytes);
}

static void model_open__survives_lack_of_memory(void **state)
{
#ifdef TTAG_FAULTS
    model_fixture *f = *state;
    assert_int_equal(ttag_model_save(&f->parts, f->path, NULL), TTAG_OK);
    ttag_status status = TTAG_NOMEM;
    for (size_t n = 1; status != TTAG_OK; n++) {
        mem_fail_after(n);
        status = ttag_model_open(&f->model, f->path, NULL);
        mem_fail_after(0);
        assert_true(status == TTAG_OK || (status == TTAG_NOMEM && !f->model));
    }
#else
    (void)state;
    skip();
#endif
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(model_save__opens_with_the_same_parts),
        CASE(model_save__keeps_every_text_option),
        CASE(model_save__same_parts_same_bytes),
        CASE(model_save__keeps_hash_bits),
        CASE(model_save__sections_are_aligned),
        CASE(model_save__refuses_tags_out_of_order),
        CASE(model_save__refuses_bad_figures),
        CASE(model_save__refuses_points_that_do_not_rise),
        CASE(model_save__refuses_bad_implications),
        CASE(model_save__refuses_calibration_without_calibration),
        CASE(model_save__refuses_a_wrong_stride),
        CASE(model_save__says_where_it_cannot_write),
        CASE(model_save__leaves_nothing_without_memory),
        CASE(model_open__refuses_what_is_not_a_model),
        CASE(model_open__refuses_folders_and_nothing),
        CASE(model_open__names_the_other_version),
        CASE(model_open__refuses_every_length_but_its_own),
        CASE(model_open__notices_every_changed_byte),
        CASE(model_verify__names_the_section),
        CASE(model_save__keeps_boilerplate),
        CASE(model_open__refuses_hostile_boilerplate),
        CASE(model_open__refuses_hostile_files),
        CASE(model_open__survives_hostile_vocabularies),
        CASE(model_open__ignores_sections_it_does_not_know),
        CASE(model_open__survives_lack_of_memory),
    };
    return cmocka_run_group_tests_name("model", tests, NULL, NULL);
}
