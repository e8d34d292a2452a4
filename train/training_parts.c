/* What the model gets of a training: its card and its parts. */
#include <math.h>

#include "base/error.h"
#include "train/training.h"
#include "train/weights.h"

/* F1 over all decisions, and the mean F1 of tags, as far as they have scores of folds. */
static void sum_up(const training *t, card_facts *facts)
{
    double tp = 0, errors = 0, f1 = 0, count = 0;
    for (size_t tag = 0; tag < t->labels->n_tags; tag++) {
        if (!t->partitions[tag] || !t->finished[tag])
            continue;
        tp += t->cuts[tag].tp;
        errors += t->cuts[tag].fp + t->cuts[tag].fn;
        f1 += t->cuts[tag].f1;
        count++;
    }
    facts->micro_f1 = t->n_folds && count > 0 ? 2 * tp / (2 * tp + errors) : NAN;
    facts->macro_f1 = t->n_folds && count > 0 ? f1 / count : NAN;
}

ttag_status training_write_card(const training *t, ttag_trained *trained, ttag_error *err)
{
    card_facts facts = {.opts = t->opts,
                        .corpus = &trained->corpus,
                        .tags = t->tags,
                        .solver = t->found.solver,
                        .certificates = t->found.certificates,
                        .partitions = t->partitions,
                        .unknown = t->unknown,
                        .costs = t->costs,
                        .gammas = &t->gammas,
                        .gamma = t->found.support.view.gamma,
                        .search = &t->search,
                        .finished = t->finished,
                        .shares = t->shares,
                        .probes = t->wholes ? &t->probes : NULL,
                        .combining = t->wholes ? &t->combining : NULL,
                        .tune = t->tune,
                        .n_folds = t->n_folds};
    sum_up(t, &facts);
    card_write(&trained->card, &facts);
    return buffer_ok(&trained->card) ? TTAG_OK : fail_memory(err);
}

/* Tags with folds are, unless time was up before the first one was. */
static bool any_calibrated(const training *t, const ttag_train_counts *counts)
{
    bool any = counts->unfinished == 0;
    for (size_t tag = 0; tag < t->labels->n_tags; tag++)
        any = any || (t->finished[tag] && t->partitions[tag]);
    return any && t->n_folds > 0;
}

void training_put_together(training *t, ttag_trained *trained)
{
    bool rbf = t->opts->kernel == TTAG_KERNEL_RBF;
    trained->weights = t->found.weights;
    trained->support = t->found.support;
    t->found.weights = NULL;
    t->found.support = (support_set){0};
    trained->parts = (ttag_model_parts){
        .text = t->opts->text,
        .vocabulary = *ttag_features_vocabulary(trained->corpus.features),
        .n_tags = t->labels->n_tags,
        .tags = t->tags,
        .weight_stride = weights_stride(t->labels->n_tags),
        .weights = rbf ? NULL : trained->weights,
        .calibrated = any_calibrated(t, &trained->corpus.counts),
        .card = buffer_as_view(&trained->card),
        .kernel = t->opts->kernel,
        .support = trained->support.view,
        .passages = training_passage_rule(t),
        .boilerplate = trained->boilerplate,
        .second = t->combining.second,
    };
}
