/* Any bytes as a part of an evaluation: refused with a sentence, or all figures can be computed
   from it. The first byte chooses whether the checksum is made to fit, so that the fuzzer need not
   guess it. */
#include <stdint.h>
#include <stdlib.h>

#include "evaluate/bootstrap.h"
#include "evaluate/evaluation.h"
#include "evaluate/pairing.h"
#include "tests/fuzz/part_seal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static bool is_share(double x)
{
    return x >= 0 && x <= 1 + 1e-9; /* sums are rounded */
}

static void check_tag(const ttag_tag_scores *tag, size_t documents)
{
    demand(tag->tag.size > 0 && tag->support == tag->tp + tag->fn && tag->support <= documents);
    demand(is_share(tag->precision) && is_share(tag->recall) && is_share(tag->f1));
    demand(is_share(tag->average_precision));
}

static void evaluate(const part *p)
{
    tally t = {0};
    ttag_evaluation *e = NULL;
    ttag_error err = {0};
    demand(part_start(p, &t, &err) == TTAG_OK);
    for (int twice = 0; twice < 2; twice++)
        demand(part_add(p, &t, &err) == TTAG_OK);
    ttag_status status = evaluation_new(&e, &t, 1, NULL, &err);
    demand(status == (p->header->n_documents > 0 ? TTAG_OK : TTAG_EMPTY));
    if (e) {
        demand(e->documents == 2 * p->header->n_documents && is_share(e->micro.f1));
        demand(is_share(e->jaccard) && is_share(e->map) && is_share(e->ece));
        for (size_t i = 0; i < e->n_tags; i++)
            check_tag(&e->tags[i], e->documents);
    }
    ttag_evaluation_free(e);
    tally_dispose(&t);
}

/* The part beside itself: nothing changes, and intervals are intervals. */
static void compare(const part *p)
{
    const bootstrap_opts opts = {.replicates = 3, .seed = 1, .threads = 1};
    tally sides[2] = {{0}};
    pairing pairs = {0};
    bootstrap b = {0};
    for (int i = 0; i < 2; i++)
        demand(part_start(p, &sides[i], NULL) == TTAG_OK &&
               part_add(p, &sides[i], NULL) == TTAG_OK);
    ttag_status status = pairing_make(&pairs, &sides[0], &sides[1], NULL);
    demand(status == (p->header->n_documents > 0 ? TTAG_OK : TTAG_EMPTY));
    demand(pairs.n_changes == 0 && pairs.only_a == 0 && pairs.only_b == 0);
    demand(bootstrap_fill(&b, &pairs.verdicts[0], &opts, NULL) == TTAG_OK);
    for (size_t i = 0; i < b.n_tags; i++)
        demand(is_share(b.tags[i].f1.low) && b.tags[i].f1.low <= b.tags[i].f1.high &&
               is_share(b.tags[i].f1.high));
    bootstrap_dispose(&b);
    pairing_dispose(&pairs);
    tally_dispose(&sides[0]);
    tally_dispose(&sides[1]);
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
        part_seal(bytes, size - 1);
    part p;
    ttag_error err = {0};
    ttag_status status = part_open_memory(&p, bytes, size - 1, "fuzzed", &err);
    if (status == TTAG_OK) {
        evaluate(&p);
        compare(&p);
    } else {
        demand((status == TTAG_FORMAT || status == TTAG_VERSION_UNKNOWN) && err.text[0] != '\0');
    }
    free(bytes);
    return 0;
}
