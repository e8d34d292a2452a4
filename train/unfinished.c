/* One warning for all tags. */
#include "train/unfinished.h"

#include "base/monitor.h"
#include "train/tag_names.h"

void unfinished_tell(ttag_train_counts *counts, const unfinished_facts *f, deadline *ended,
                     const ttag_monitor *monitor)
{
    size_t solved = 0; /* but without what their folds are to tell */
    tag_names names = {0};
    buffer lack = {0};
    counts->unfinished = 0;
    counts->stop = TTAG_STOP_NONE;
    for (size_t t = 0; t < f->labels->n_tags; t++) {
        counts->unfinished += !f->finished[t];
        solved += !f->finished[t] && f->states[t] != SOLVE_OPEN;
    }
    if (counts->unfinished == 0 && !f->search_cut_short)
        return;
    counts->stop = deadline_cancelled(ended) ? TTAG_STOP_MONITOR : TTAG_STOP_BUDGET;
    if (counts->unfinished == 0)
        return;
    for (size_t t = 0; t < f->labels->n_tags; t++)
        if (!f->finished[t])
            tag_names_add(&names, f->labels->names[t]);
    if (solved > 0)
        buffer_printf(&lack, " (%zu lack%s only a threshold)", solved, solved == 1 ? "s" : "");
    tell(monitor, TTAG_WARNING, NULL, "%s: %zu of %zu tags %s unfinished%s: %s",
         counts->stop == TTAG_STOP_BUDGET ? "time is up" : "stopped", counts->unfinished,
         f->labels->n_tags, counts->unfinished == 1 ? "is" : "are", lack.bytes ? lack.bytes : "",
         tag_names_text(&names));
    tag_names_dispose(&names);
    buffer_dispose(&lack);
}
