/**
 * @file ttag/model.h
 * The model: text options, vocabulary, one decision per tag, thresholds, calibration, card.
 *
 * A linear model (TTAG_KERNEL_LINEAR) has a weight for each term and tag, f(x) = w·x + b. A model
 * of the RBF kernel has the support vectors of all tags and a coefficient for each of a tag's,
 * f(x) = Σ coef · exp(-gamma |x - z|²) + b. A linear model that was made smaller (ttag/shrink.h)
 * has packed weights: rows for some terms, of numbers of four, two or one byte.
 *
 * In: parts (from training). Out: one file, made to be mapped and used in place, and read back.
 * docs/model-file.md describes the bytes. Opening checks header, section table, sizes and bounds
 * and refuses what does not fit; checksums of the large sections are verified by
 * ttag_model_verify. A stranger's file can neither crash nor hang nor run anything.
 *
 *     ttag_model *model;
 *     if (ttag_model_open(&model, "security.ttag", &err) == TTAG_OK) {
 *         if (ttag_model_verify(model, &err) == TTAG_OK)
 *             printf("%zu tags\n", ttag_model_get(model)->n_tags);
 *         ttag_model_close(model);
 *     }
 */
#ifndef TTAG_MODEL_H
#define TTAG_MODEL_H

#include "ttag/base.h"
#include "ttag/boilerplate.h"
#include "ttag/features.h"
#include "ttag/passages.h"

#ifdef __cplusplus
extern "C" {
#endif

/** One tag of a model. Views and arrays live as long as what the tag was taken from. */
typedef struct ttag_model_tag {
    ttag_view name;
    ttag_view description;   /**< may be empty */
    ttag_view group;         /**< may be empty */
    const uint32_t *implies; /**< positions of the tags that this one implies, n_implies */
    size_t n_implies;
    uint32_t support;     /**< positive articles in training, extra feeds aside */
    bool constant;        /**< every known article carried it: always given, probability 1 */
    float bias;           /**< b of the decision value */
    float cut;            /**< the decision value the threshold was made from */
    float threshold;      /**< given if and only if probability >= threshold; INFINITY: never */
    double slope, offset; /**< Platt: probability = 1 / (1 + exp(slope * score + offset)),
                               slope < 0; `points` come first */
    const float *points;  /**< NULL, or n_points of score and log-odds, both rising: the probability
                               has these log-odds, on straight lines between the points and with
                               half of `slope` beyond their ends */
    size_t n_points;      /**< 0, or 2 to 64 */
    float oof_precision;  /**< out of fold, at the cut; NaN where there were no folds */
    float oof_recall;
    float oof_f1;
    float cut_spread; /**< standard deviation of the cut over partitions into folds; NaN */
} ttag_model_tag;

/** What two articles are compared by. */
typedef enum ttag_kernel {
    TTAG_KERNEL_LINEAR = 0, /**< x·z */
    TTAG_KERNEL_RBF         /**< exp(-gamma |x - z|²) */
} ttag_kernel;

/**
 * The support vectors of an RBF model, each once however many tags share it, and each tag's
 * coefficients. The vectors are kept by term, as lists of those that hold it, so that an article is
 * compared with all of them along its own terms.
 */
typedef struct ttag_support_vectors {
    double gamma;                 /**< > 0 */
    size_t n_vectors;             /**< may be 0 */
    const double *squares;        /**< n_vectors: |z|² */
    const uint64_t *term_starts;  /**< n_terms + 1 positions in vectors and values */
    const uint32_t *vectors;      /**< of each term: numbers of the vectors that hold it, rising */
    const float *values;          /**< and the term's value in them */
    const uint64_t *coef_starts;  /**< n_tags + 1 positions in coef_vectors and coefs */
    const uint32_t *coef_vectors; /**< of each tag: numbers of its support vectors, rising */
    const float *coefs;           /**< and alpha · y of each */
} ttag_support_vectors;

/** What a weight is kept as. */
typedef enum ttag_weight_type {
    TTAG_WEIGHT_FLOAT32 = 0,
    TTAG_WEIGHT_FLOAT16, /**< IEEE 754 binary16 */
    TTAG_WEIGHT_INT8     /**< -127 to 127 */
} ttag_weight_type;

/**
 * The weights of a model that was made smaller: a row for each term that has weights left, of the
 * tags that have one, or of all where that takes no more room. A weight is the row's scale times
 * what is kept. docs/model-file.md describes a row's bytes.
 */
typedef struct ttag_packed_weights {
    ttag_weight_type type;
    const uint32_t *starts;    /**< n_terms: where each term's row begins, in units of 4 bytes;
                                    UINT32_MAX: it has none */
    const unsigned char *rows; /**< n_bytes */
    size_t n_bytes;
} ttag_packed_weights;

/** All that a model is made of. Who made the parts owns them. */
typedef struct ttag_model_parts {
    ttag_text_opts text;
    ttag_vocabulary vocabulary;
    size_t n_tags;
    const ttag_model_tag *tags; /**< n_tags, in order of name */
    size_t weight_stride;       /**< floats from one term's row to the next; n_tags rounded up to
                                     a multiple of 8 */
    const float *weights;       /**< n_terms x weight_stride: row = term, column = tag; padding 0;
                                     of the RBF kernel, and where they are packed, NULL */
    ttag_packed_weights packed; /**< of a linear model without `weights` */
    bool calibrated;            /**< false: slope -1, offset 0, threshold 0.5 for every tag */
    ttag_view card;             /**< a JSON object: from what, how, with what figures */
    ttag_kernel kernel;
    ttag_support_vectors support; /**< of the RBF kernel */
    ttag_passage_rule passages;   /**< unit ARTICLE: none; of the linear kernel only */
    ttag_boilerplate boilerplate; /**< what of a text is dropped */
    ttag_second_stage second;     /**< of a model with passages; `top` is 3 with it */
} ttag_model_parts;

typedef struct ttag_model ttag_model;

/**
 * Writes the model to a temporary file in the folder of `path`, syncs, renames: afterwards `path`
 * holds the old file or the whole new one. Same parts, same bytes.
 * @return TTAG_OK, TTAG_IO, TTAG_NOMEM, TTAG_INVALID (parts that contradict themselves).
 */
TTAG_API ttag_status ttag_model_save(const ttag_model_parts *parts, const char *path,
                                     ttag_error *err);

/**
 * Maps a model file. Afterwards any number of threads may read it.
 * @return TTAG_OK; TTAG_IO; TTAG_FORMAT: not a model, truncated, or a header, table or tag section
 * that does not hold together; TTAG_VERSION_UNKNOWN; TTAG_NOMEM.
 */
TTAG_API ttag_status ttag_model_open(ttag_model **out, const char *path, ttag_error *err);

/** Verifies the checksum of every section. @return TTAG_OK, or TTAG_FORMAT naming the section. */
TTAG_API ttag_status ttag_model_verify(const ttag_model *model, ttag_error *err);

/** The parts, borrowed as long as the model is open. The tag table has been checked whole, and so
    have term_starts and coef_starts; vocabulary, weights and support vectors are checked when used.
 */
TTAG_API const ttag_model_parts *ttag_model_get(const ttag_model *model);

/**
 * How much each term speaks for a tag. Linear: its weight w. RBF: the slope of the score at an
 * article without terms, 2 gamma Σ coef exp(-gamma |z|²) z, which is what a first little of the
 * term adds; with other terms beside it, it may add something else.
 * @param out  n_terms
 * @param tag  below n_tags
 * @return TTAG_OK, TTAG_NOMEM.
 */
TTAG_API ttag_status ttag_model_term_weights(float *out, const ttag_model_parts *parts, size_t tag,
                                             ttag_error *err);

/** Size of the file in bytes. */
TTAG_API size_t ttag_model_size(const ttag_model *model);

/** Name, borrowed as long as the model is open, and size in bytes of the file's section `number`,
    from 0. @return false: there are not so many; both are unchanged. */
TTAG_API bool ttag_model_section(const ttag_model *model, size_t number, ttag_view *name,
                                 size_t *size);

TTAG_API void ttag_model_close(ttag_model *model);

#ifdef __cplusplus
}
#endif

#endif
