/* The inside of a workspace: what one article needs and the next one uses again. */
#ifndef CLASSIFY_WORKSPACE_H
#define CLASSIFY_WORKSPACE_H

#include "classify/by_passage.h"
#include "classify/effects_rbf.h"
#include "classify/evidence.h"
#include "classify/implications.h"
#include "classify/likely_tags.h"
#include "classify/score.h"
#include "classify/score_rbf.h"
#include "ttag/classify.h"

struct ttag_workspace {
    const ttag_model *model;
    const ttag_model_parts *parts;
    ttag_classify_opts opts;
    bool implies; /* some tag does, and it is wanted */
    ttag_vectorizer *vectorizer;
    ttag_boilerplate_finder *finder; /* NULL: nothing is dropped */
    const ttag_dropped *dropped;     /* n_dropped, of the last article */
    size_t n_dropped;
    scorer scorer;
    float *scores;            /* lanes x weight_stride */
    size_t lanes;             /* articles that are scored together */
    size_t unasked;           /* bytes of text since the warm copy of the model was asked for */
    bool is_warm;             /* it is in use */
    bool leaves_warming;      /* that copy is made by workspace_warm_up, never within an article */
    rbf_block block;          /* of the RBF kernel */
    rbf_effects effects;      /* likewise */
    float *cuts;              /* n_tags, with given_only */
    likely_tags likely;       /* likewise, once there is a warm copy of the model for it */
    ttag_decision *by_tag;    /* n_tags */
    ttag_decision *decisions; /* n_listed <= n_tags, in order of the result */
    size_t n_listed;
    ttag_decision *given; /* n_tags */
    uint64_t *order;      /* n_tags */
    size_t *because;      /* n_tags: where a decision's evidence begins in the pool */
    implications implied;
    evidence_pool evidence;
    bool of_passages; /* the model scores passages: */
    by_passage passages;
    size_t *best; /* n_tags: where a decision's passages begin */
};

/* Goes on with the warm copy of the model if it is time for it, and makes it if nobody has: between
   articles, when nothing waits for this thread. Without memory all stays as it is. */
void workspace_warm_up(ttag_workspace *w);

/* explanation.c: why the decisions in w->decisions are as they are; the pools of w hold it. */

/* Evidence for the listed tags, or for all where all are wanted. vector, lane: as they were scored.
   false: no memory. */
bool workspace_explain(ttag_workspace *w, const ttag_vector *vector, size_t lane);
/* Of a model that scores passages: each tag's best passages, and the terms of the first of them. */
ttag_status workspace_explain_by_passage(ttag_workspace *w, ttag_error *err);

#endif
