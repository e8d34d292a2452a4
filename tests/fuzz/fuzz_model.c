/* Any bytes opened as a model: refused, or articles are tagged. The first byte chooses whether
   the checksums are made to fit, so that the fuzzer need not guess them. */
#include <stdint.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "classify/classified.h"
#include "classify/model_file.h"
#include "tests/fuzz/model_seal.h"
#include "ttag/classify.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char TEXT[] = "alpha beta gamma alpha ransomware CVE-2021-44228 hxxp://evil[.]com";

static void write_result(const ttag_model_parts *parts, const ttag_classify_opts *opts,
                         const ttag_article *article, const ttag_classification *result)
{
    buffer out = {0};
    ttag_classify_opts each = *opts;
    for (int format = TTAG_OUTPUT_TEXT; format <= TTAG_OUTPUT_TSV; format++) {
        each.format = (ttag_output_format)format;
        put_classified(&out, &(classified){parts, &each, NULL, article, result});
    }
    buffer_dispose(&out);
}

static ttag_status check(void *payload, size_t index, const ttag_classification *result)
{
    const ttag_model *model = payload;
    (void)index;
    if (result->n_decisions != ttag_model_get(model)->n_tags ||
        result->n_given > result->n_decisions)
        abort();
    return TTAG_OK;
}

static void weigh_terms(const ttag_model *model)
{
    const ttag_model_parts *parts = ttag_model_get(model);
    float *weights = malloc((parts->vocabulary.n_terms + 1) * sizeof *weights);
    if (weights)
        ttag_model_term_weights(weights, parts, parts->n_tags - 1, NULL);
    free(weights);
}

static void use(ttag_model *model)
{
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    opts.explain = 5;
    opts.all = true;
    ttag_article article = {.text = {TEXT, sizeof TEXT - 1},
                            .title = {"delta", 5},
                            .id = {"\"a\"", 3},
                            .path = "x",
                            .line = 1,
                            .weight = 1};
    ttag_workspace *work;
    if (ttag_workspace_new(&work, model, &opts, NULL) != TTAG_OK)
        return;
    ttag_classification result;
    if (ttag_classify(work, &result, &article, NULL) == TTAG_OK) {
        check(model, 0, &result);
        write_result(ttag_model_get(model), &opts, &article, &result);
    }
    ttag_article both[2] = {article, {.text = {NULL, 0}, .title = {"alpha", 5}, .weight = 1}};
    ttag_classify_many(work, both, 2, check, model, NULL);
    weigh_terms(model);
    ttag_workspace_free(work);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    unsigned char *bytes =
        malloc(size > 1 ? size - 1 : 1); /* exactly: a sanitizer sees a step too far */
    if (!bytes)
        return 0;
    memcpy(bytes, data + 1, size - 1);
    if (data[0] & 1)
        model_seal(bytes, size - 1);
    ttag_model *model;
    ttag_error err = {0};
    if (model_open_memory(&model, bytes, size - 1, "fuzzed", &err) == TTAG_OK) {
        use(model);
        if (ttag_model_verify(model, &err) != TTAG_OK && data[0] & 2)
            use(model);
        ttag_model_close(model);
    } else if (err.text[0] == '\0' || model) {
        abort();
    }
    free(bytes);
    return 0;
}
