/* The parts of a model, while they are owned by what was trained. */
#include "train/trained.h"

#include "base/error.h"
#include "base/memory.h"

ttag_status trained_copy_boilerplate(ttag_trained *trained, const ttag_boilerplate *from,
                                     ttag_error *err)
{
    trained->boilerplate = *from;
    if (from->n_repeated == 0)
        return TTAG_OK;
    uint64_t *repeated = arena_new(&trained->memory, from->n_repeated, sizeof *repeated);
    trained->boilerplate.repeated = repeated;
    if (!repeated)
        return fail_memory(err);
    memcpy(repeated, from->repeated, from->n_repeated * sizeof *repeated);
    return TTAG_OK;
}

const ttag_model_parts *ttag_trained_parts(const ttag_trained *trained)
{
    return &trained->parts;
}

const ttag_train_counts *ttag_trained_counts(const ttag_trained *trained)
{
    return &trained->corpus.counts;
}

void ttag_trained_free(ttag_trained *trained)
{
    if (!trained)
        return;
    corpus_dispose(&trained->corpus);
    arena_dispose(&trained->memory);
    mem_free(trained->weights);
    support_set_dispose(&trained->support);
    buffer_dispose(&trained->card);
    mem_free(trained);
}
