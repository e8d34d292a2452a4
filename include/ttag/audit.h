/**
 * @file ttag/audit.h
 * The data before the model: what is wrong with labelled articles.
 *
 * In: a feed, labelled or in part; perhaps a second one that should have nothing in common with it.
 * Out: duplicates, passages that articles share, articles that carry (nearly) all tags, labels that
 * are likely wrong or missing, and what else would mislead a training or a measurement; as text, as
 * JSON, as a page; and a repaired copy of the feed with a list of every change.
 *
 * Sources: MinHash: Broder 1997, banded as in Leskovec, Rajaraman and Ullman 2014, chapter 3; every
 * pair it proposes is compared exactly. Fingerprints of passages: winnowing, Schleimer, Wilkerson
 * and Aiken 2003. Labels: out-of-fold scores, ranked by how far they stand from what the label says
 * (confident learning: Northcutt, Jiang and Chuang 2021, for each tag by itself).
 *
 *     ttag_audit *audit;
 *     if (ttag_audit_feed(&audit, reader, NULL, &err) == TTAG_OK) {
 *         printf("%zu articles, %zu of them copies\n", audit->n_articles, audit->copies);
 *         ttag_audit_free(audit);
 *     }
 */
#ifndef TTAG_AUDIT_H
#define TTAG_AUDIT_H

#include <stdio.h>

#include "ttag/train.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ttag_audit_opts {
    const ttag_train_opts *train; /**< of the search for wrong labels; NULL: TTAG_AUDIT_TRAIN_OPTS.
                                       Its threads, taxonomy and monitor are those of all; the unit
                                       is the article, and there are thresholds, whatever it says */
    ttag_reader *against;   /**< articles that should not be in the feed: a test set; read to its
                                 end; NULL: none */
    double similarity;      /**< the least Jaccard similarity of near duplicates; 0.2 to 1 */
    uint32_t passage_words; /**< so many words in common make a shared passage; 16 to 1000 */
    uint32_t rare;          /**< tags with fewer articles are named */
    bool no_labels;         /**< true: no search for wrong labels, the one part that trains */
} ttag_audit_opts;

/** Words alone: wrong labels are told as well as with all that models read, in a twentieth
    of the time. */
#define TTAG_AUDIT_TRAIN_OPTS TTAG_TRAIN_OPTS_WITH(TTAG_TEXT_OPTS_PLAIN, TTAG_SCALING_NONE)

#define TTAG_AUDIT_OPTS_INIT                                                                       \
    {                                                                                              \
        NULL, NULL, 0.4, 30, 10, false                                                             \
    }

/** An article that was read. Views live as long as the audit. */
typedef struct ttag_audited {
    ttag_view id; /**< as JSON text; absent: none */
    ttag_view title;
    ttag_view text;
    ttag_view source;     /**< absent: none */
    const char *path;     /**< file it came from */
    size_t line;          /**< first line of its record in that file, from 1 */
    const uint32_t *tags; /**< n_tags numbers of tags, rising */
    size_t n_tags;
    size_t words;         /**< in title and text */
    uint32_t copy_of;     /**< number of the first article that this one is a copy of; its own: it
                               is none */
    const char *language; /**< a guess from script and small words: "en"; "?" if there is none */
    bool labelled;
    bool blanket; /**< carries more than half of all tags, and at least 10 */
} ttag_audited;

/** Articles that are copies of each other, by one or several steps. */
typedef struct ttag_audit_cluster {
    const uint32_t *articles; /**< n numbers of articles, rising */
    size_t n;
    double least;              /**< least similarity of two that were joined; 1: equal words */
    const uint32_t *disagreed; /**< n_disagreed tags that some labelled ones carry, others not */
    size_t n_disagreed;
} ttag_audit_cluster;

/** An article of the feed that is also in `against`. */
typedef struct ttag_audit_leak {
    uint32_t article; /**< of the feed */
    uint32_t other;   /**< of `against`: the most similar one */
    double similarity;
} ttag_audit_leak;

/** Where an article has a passage. */
typedef struct ttag_audit_place {
    uint32_t article;
    size_t start, end; /**< code points of `text`, half-open */
    size_t words;      /**< in common with the first place; of that: all of its words */
} ttag_audit_place;

/** Words that articles share which are no copies of each other: one run of at least half of
    opts->passage_words, and what stands around it with up to four words changed between. */
typedef struct ttag_audit_passage {
    const ttag_audit_place *places; /**< n, by article; the first is what the others share with */
    size_t n;
    size_t words;   /**< of the first place */
    ttag_view text; /**< the first place's */
} ttag_audit_passage;

/** A term that speaks for or against a label, and how much. */
typedef struct ttag_audit_term {
    ttag_view term;
    double weight; /**< what it adds to the score */
} ttag_audit_term;

enum { TTAG_AUDIT_TERMS = 5 };

/** A label that is likely wrong, or missing. */
typedef struct ttag_audit_label {
    uint32_t article, tag;
    bool missing;       /**< the article lacks the tag; false: it carries it */
    double probability; /**< of the tag, by a model that has not seen the article */
    double doubt;       /**< the probability of the contrary of the label */
    size_t n_terms;     /**< up to TTAG_AUDIT_TERMS that speak most for the tag if it is missing,
                             else most against it; by a model of all articles */
    ttag_audit_term terms[TTAG_AUDIT_TERMS];
} ttag_audit_label;

/** A source that gives a tag away: a model may learn who wrote, not what about. */
typedef struct ttag_audit_giveaway {
    ttag_view source;
    uint32_t tag;
    ttag_view term;   /**< that (nearly) none but this source's articles have; absent: the source
                           itself (nearly) always has the tag, and no other does */
    size_t articles;  /**< of the source, with the term */
    size_t elsewhere; /**< of other sources, with the term; without a term: with the tag */
    double weight;    /**< of the term for the tag; 0 without */
} ttag_audit_giveaway;

/** A line that stands in many articles of a source. */
typedef struct ttag_audit_line {
    ttag_view text;
    ttag_view source; /**< absent: articles that name none */
    size_t articles;
    size_t of; /**< articles of that source */
} ttag_audit_line;

/** A tag and how many articles carry it. */
typedef struct ttag_audit_tag {
    ttag_view name;
    size_t support;
} ttag_audit_tag;

/** Two tags of which one never goes without the other. */
typedef struct ttag_audit_pair {
    uint32_t tag, with; /**< every article with `tag` has `with` */
    bool both;          /**< and the other way round */
} ttag_audit_pair;

/** Articles of one language. */
typedef struct ttag_audit_language {
    const char *name;
    size_t articles;
} ttag_audit_language;

/** What was found; read-only for its users, freed as a whole. Lists have the most telling first. */
typedef struct ttag_audit {
    size_t n_articles, labelled, unlabelled, refused;
    const ttag_audited *articles; /**< n_articles, in the feed's order */
    size_t n_against;
    const ttag_audited *against; /**< n_against */
    size_t n_tags;
    const ttag_audit_tag *tags; /**< n_tags, by name */
    size_t n_clusters, copies;  /**< copies: articles that are a copy of another */
    size_t disagreements;       /**< clusters with tags that disagree */
    const ttag_audit_cluster *clusters;
    size_t n_leaks;
    const ttag_audit_leak *leaks;
    size_t n_passages;
    const ttag_audit_passage *passages;
    size_t n_blanket;
    const uint32_t *blanket;
    bool labels_searched; /**< false: not asked for, or too little to train on: `why_not` */
    char why_not[256];
    double micro_f1; /**< out of fold */
    size_t n_labels, wrong, missing;
    const ttag_audit_label *labels; /**< wrong and missing ones in turn, of each kind the most
                                         doubtful first */
    size_t n_giveaways;
    const ttag_audit_giveaway *giveaways;
    size_t n_lines;
    const ttag_audit_line *lines;
    size_t n_languages;
    const ttag_audit_language *languages; /**< by number of articles */
    size_t n_rare;
    const uint32_t *rare; /**< tags */
    uint32_t rare_bound;
    size_t n_pairs;
    const ttag_audit_pair *pairs;
    size_t quartiles[5]; /**< words: least, lower quartile, median, upper, most */
    size_t n_short;
    const uint32_t *short_ones; /**< articles with under 10 words */
} ttag_audit;

/**
 * Reads `feed` (and opts->against) to its end and looks.
 * @param opts  NULL: TTAG_AUDIT_OPTS_INIT
 * @return TTAG_OK; TTAG_EMPTY: no article; TTAG_INVALID; TTAG_NOMEM; TTAG_LIMIT; TTAG_CANCELLED.
 * Where there is too little to train on, labels_searched is false and the rest is there. Same
 * articles and options give the same findings for any number of threads.
 */
TTAG_API ttag_status ttag_audit_feed(ttag_audit **out, ttag_reader *feed,
                                     const ttag_audit_opts *opts, ttag_error *err);
TTAG_API void ttag_audit_free(ttag_audit *audit);

/** Sections, the most important first. @param most  findings shown of each; 0: all
    @return TTAG_OK, TTAG_IO, TTAG_NOMEM. */
TTAG_API ttag_status ttag_audit_write_text(const ttag_audit *audit, FILE *out, size_t most,
                                           ttag_error *err);
/** One JSON object with everything. @return as above. */
TTAG_API ttag_status ttag_audit_write_json(const ttag_audit *audit, FILE *out, ttag_error *err);

/** Writes a page that needs nothing else; `name` says of what it is, at most 500 findings of each
    kind. @return as above. */
TTAG_API ttag_status ttag_audit_write_html(const ttag_audit *audit, FILE *out, const char *name,
                                           ttag_error *err);

/**
 * Writes the feed once more, as JSON Lines, repaired: of near duplicates the first is kept, and
 * carries each tag that at least half of the labelled ones of them carry; articles that are
 * blanket-tagged lose `tags`. `changes` gets a JSON object a line for every change.
 * @return as above.
 */
TTAG_API ttag_status ttag_audit_write_clean(const ttag_audit *audit, FILE *out, FILE *changes,
                                            ttag_error *err);

#ifdef __cplusplus
}
#endif

#endif
