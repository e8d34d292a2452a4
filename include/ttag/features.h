/**
 * @file ttag/features.h
 * From an article to a sparse TF-IDF vector.
 *
 * In: articles. Out: a vocabulary (terms with df and idf) and a CSR matrix, or, with a vocabulary
 * at hand, one vector. The arithmetic is that of scikit-learn's TfidfVectorizer:
 *     tf  = 1 + ln(count)                 (sublinear; else count)
 *     idf = ln((1 + n) / (1 + df)) + 1    (smoothed; else 1)
 *     x   = tf * idf, then divided by its Euclidean norm
 * What an article has among `dropped` counts as if it were not there (ttag/boilerplate.h).
 * With n-grams of characters there are two such vectors beside each other, that of the words times
 * sqrt(1 - TTAG_CHAR_SHARE), that of the characters times sqrt(TTAG_CHAR_SHARE); with even_chars
 * both times sqrt(1/2).
 *
 *     ttag_text_opts opts = TTAG_TEXT_OPTS_BEST;
 *     ttag_status status = ttag_extractor_new(&extractor, &opts, &err);
 *     while (status == TTAG_OK && ttag_reader_next(reader, &article, &err) == TTAG_OK)
 *         status = ttag_extractor_add(extractor, &article, &err);
 *     if (status == TTAG_OK && ttag_extractor_finish(&features, extractor, &err) == TTAG_OK)
 *         printf("%zu terms\n", ttag_features_matrix(features)->n_columns);
 */
#ifndef TTAG_FEATURES_H
#define TTAG_FEATURES_H

#include "ttag/articles.h"
#include "ttag/base.h"
#include "ttag/boilerplate.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a token is. */
typedef enum ttag_token_rule {
    TTAG_TOKENS_WORDS = 0, /**< runs of two or more letters, digits, `_`, lower-cased: what
                                scikit-learn's default pattern takes */
    TTAG_TOKENS_SECURITY,  /**< the same with Unicode case folding, and CVE and CWE ids, hashes, IP
                                addresses, URLs, e-mail addresses and their defanged forms as one
                                token each: an id is its own, the others are that of their class,
                                `#sha256`, `#ip`, `#url` */
    TTAG_TOKENS_ARTIFACTS  /**< the same, and before the words of a file's path, a registry key or
                                a file's name a token of that class: `#path`, `#registry`, `#file`
                                */
} ttag_token_rule;

/** What becomes of the title. */
typedef enum ttag_title_rule {
    TTAG_TITLE_JOIN = 0, /**< title, blank, text */
    TTAG_TITLE_FIELD,    /**< as JOIN, and its terms once more as terms of their own, shown as
                              "title:ransomware" */
    TTAG_TITLE_DROP      /**< text only */
} ttag_title_rule;

/** Share that n-grams of characters have in the square of a vector's norm: measured
    (docs/accuracy.md), not an option. */
#define TTAG_CHAR_SHARE 0.3

/** What words are cut down to. */
typedef enum ttag_stem_rule {
    TTAG_STEM_NONE = 0,
    TTAG_STEM_ENGLISH /**< their stems by Porter's second algorithm (snowballstem.org): "exploited"
                           and "exploits" become "exploit". n-grams of characters stay those of the
                           text */
} ttag_stem_rule;

/** How text becomes numbers. Saved in the model, so that classifying does the same. */
typedef struct ttag_text_opts {
    ttag_token_rule tokens;
    ttag_title_rule title;
    uint32_t word_ngrams; /**< longest word n-gram, 1 to 5; all shorter ones as well */
    uint32_t min_df;      /**< terms in fewer articles are left out; from 1 */
    double max_df;        /**< terms in more than this share of the articles are left out; 0-1 */
    bool sublinear_tf;
    bool smooth_idf; /**< false: idf = 1 */
    bool l2_norm;
    uint32_t max_terms; /**< so many terms at most, those in most articles (of equals the first in
                             byte order); 0: no bound. Models do not save it: they hold the terms */
    uint32_t hash_bits; /**< feature hashing (Weinberger et al. 2009, without signs): a term's
                             number is its hash mod 2^hash_bits, 10 to 28, and terms with the same
                             number count as one; 0: each term has a number of its own */
    uint32_t char_least, char_most; /**< n-grams of so many to so many characters inside words, 1 to
                             8, as terms of their own, shown as "char: ran": those of the word with
                             a blank on both sides, as scikit-learn's char_wb has them; a shorter
                             word gives itself once. They are a vector beside that of the words,
                             with a norm of its own. 0, 0: none */
    ttag_stem_rule stem;
    const char *stop_words; /**< words that no term begins or ends with; n-grams of characters have
                             nothing to do with them. NULL or "none": no such words; "english": a
                             list of some 200; else the name of a text file, each of whose words is
                             one. Not with hash_bits. Models do not save it: they hold the terms */
    bool even_chars; /**< n-grams of characters have half of the square of a vector's norm, not
                          TTAG_CHAR_SHARE */
} ttag_text_opts;

/** `--preset plain`: never changes. */
#define TTAG_TEXT_OPTS_PLAIN                                                                       \
    {                                                                                              \
        TTAG_TOKENS_WORDS, TTAG_TITLE_JOIN, 1, 1, 1.0, true, true, true, 0, 0, 0, 0,               \
            TTAG_STEM_NONE, NULL, false                                                            \
    }
/** `--preset best`: what measured best (docs/accuracy.md). */
#define TTAG_TEXT_OPTS_BEST                                                                        \
    {                                                                                              \
        TTAG_TOKENS_SECURITY, TTAG_TITLE_FIELD, 2, 2, 1.0, true, true, true, 0, 0, 3, 5,           \
            TTAG_STEM_NONE, NULL, false                                                            \
    }
/** `--preset best` where passages are scored (docs/passages.md): what they say, they say in a few
    words, so that rare terms, stems and pieces of words count for more. */
#define TTAG_TEXT_OPTS_PASSAGES                                                                    \
    {                                                                                              \
        TTAG_TOKENS_SECURITY, TTAG_TITLE_FIELD, 2, 1, 1.0, true, true, true, 0, 0, 3, 5,           \
            TTAG_STEM_ENGLISH, NULL, true                                                          \
    }

/** @return NULL if the options make sense, else a sentence (static) that says what does not. */
TTAG_API const char *ttag_text_opts_check(const ttag_text_opts *opts);

/**
 * A place of the hash table over a vocabulary. A term begins its search at the lower bits of its
 * hash and goes on to the next slot until it finds itself or a free one (entry 0). With hash_bits a
 * number of so many bits is sought, not a term: key is the number, size 0.
 */
typedef struct ttag_slot {
    uint64_t key;   /**< a term of up to 8 bytes that begins with neither "title:" nor "char:": its
                       bytes, the   first one lowest; else the upper 24 bits of its hash and, in the
                       lower 40,   where it begins in the vocabulary's bytes */
    uint32_t size;  /**< bytes of the term */
    uint32_t entry; /**< number of the term + 1; 0: free */
} ttag_slot;

/**
 * Terms with their numbers, sorted by byte order. With hash_bits: the numbers that terms were
 * hashed to, ascending, each called by the first term that took it, " (shared)" behind it if others
 * took it too. A flat view, so that it can lie in a mapped
 * model file; who made it owns the arrays. Contents may come from a stranger's file: the functions
 * below check every bound and treat what is out of bounds as absent.
 */
typedef struct ttag_vocabulary {
    size_t n_terms;
    const uint64_t *offsets; /**< n_terms + 1 positions in bytes */
    const char *bytes;       /**< the terms one behind another; n_bytes */
    size_t n_bytes;
    const uint32_t *df;     /**< n_terms */
    const float *idf;       /**< n_terms */
    const ttag_slot *slots; /**< n_slots, a power of two */
    size_t n_slots;
    uint32_t hash_bits; /**< as in the text options */
} ttag_vocabulary;

/** Number of the term with these bytes, or UINT32_MAX. With hash_bits: of any term that is hashed
    to a number there is, seen before or not. */
TTAG_API uint32_t ttag_vocabulary_find(const ttag_vocabulary *vocabulary, ttag_view term);

/** The bytes of term `number`; an empty view if it is out of bounds. Lives as the vocabulary. */
TTAG_API ttag_view ttag_vocabulary_term(const ttag_vocabulary *vocabulary, uint32_t number);

/** Articles by terms, compressed sparse rows, terms ascending within a row. */
typedef struct ttag_matrix {
    size_t n_rows;
    size_t n_columns;
    const size_t *starts;  /**< n_rows + 1 positions in terms and values */
    const uint32_t *terms; /**< starts[n_rows] */
    const float *values;   /**< starts[n_rows] */
} ttag_matrix;

/** What fitting gives: vocabulary and matrix in one object that owns both. */
typedef struct ttag_features ttag_features;
/** Borrowed; live as long as `features`. */
TTAG_API const ttag_vocabulary *ttag_features_vocabulary(const ttag_features *features);
TTAG_API const ttag_matrix *ttag_features_matrix(const ttag_features *features);
TTAG_API void ttag_features_free(ttag_features *features);

/** What hashing came to, before min_df and max_df. */
typedef struct ttag_hashing {
    size_t n_numbers; /**< numbers that terms were hashed to; 0 without hash_bits */
    size_t n_terms;   /**< distinct terms */
    size_t n_shared;  /**< of these, how many share their number with another */
    bool exact;       /**< false: over 2^20 terms were not the first with their number; n_terms and
                           n_shared are estimated, with a standard error of 0.2 % of those */
} ttag_hashing;

TTAG_API ttag_hashing ttag_features_hashing(const ttag_features *features);

/** Counts the terms of one article after the other; the text itself is not kept. */
typedef struct ttag_extractor ttag_extractor;

/** @return TTAG_OK, TTAG_INVALID (a bad option), TTAG_IO (the file of stop words), TTAG_NOMEM. */
TTAG_API ttag_status ttag_extractor_new(ttag_extractor **out, const ttag_text_opts *opts,
                                        ttag_error *err);
/** Adds a row. @return TTAG_OK, TTAG_NOMEM, TTAG_LIMIT (over 2^32 - 2 terms). */
TTAG_API ttag_status ttag_extractor_add(ttag_extractor *extractor, const ttag_article *article,
                                        ttag_error *err);
/**
 * Drops rare and too frequent terms, sorts the rest, weighs and norms the rows. The extractor is
 * spent (only ttag_extractor_free may follow).
 * @return TTAG_OK, TTAG_NOMEM; TTAG_EMPTY if no term is left.
 */
TTAG_API ttag_status ttag_extractor_finish(ttag_features **out, ttag_extractor *extractor,
                                           ttag_error *err);
TTAG_API void ttag_extractor_free(ttag_extractor *extractor);

/** One article's vector, in order of the terms' first occurrence in it. */
typedef struct ttag_vector {
    size_t size;
    const uint32_t *terms; /**< distinct, each < n_terms */
    const float *values;   /**< weighed and normed */
} ttag_vector;

/** Makes vectors with a given vocabulary: the scratch space of one thread. */
typedef struct ttag_vectorizer ttag_vectorizer;

/** @param vocabulary  borrowed, as long as the vectorizer lives. */
TTAG_API ttag_status ttag_vectorizer_new(ttag_vectorizer **out, const ttag_vocabulary *vocabulary,
                                         const ttag_text_opts *opts, ttag_error *err);
/** `vector` borrows from the vectorizer until the next call. @return TTAG_OK, TTAG_NOMEM. */
TTAG_API ttag_status ttag_vectorize(ttag_vectorizer *vectorizer, ttag_vector *vector,
                                    const ttag_article *article, ttag_error *err);
TTAG_API void ttag_vectorizer_free(ttag_vectorizer *vectorizer);

/** What ttag_export_svmlight writes, and with which numbers. */
typedef struct ttag_export_opts {
    ttag_text_opts text;
    const ttag_vocabulary *vocabulary; /**< NULL: fitted on the feed */
    const ttag_view *tags;             /**< tag number i + 1 is tags[i]; others are left out; NULL:
                                            all tags of the feed, by name */
    size_t n_tags;
    const ttag_monitor *monitor;
    ttag_boilerplate boilerplate; /**< what of the texts is dropped */
} ttag_export_opts;

#define TTAG_EXPORT_OPTS_INIT                                                                      \
    {                                                                                              \
        TTAG_TEXT_OPTS_BEST, NULL, NULL, 0, NULL, TTAG_BOILERPLATE_INIT                            \
    }

/**
 * Writes the matrix of a feed in LIBSVM's multi-label format, `1,3 5:0.2 9:0.1`: a row for each
 * record in input order, term numbers ascending from 1, values as `%.9g`; a row without tags
 * begins with a blank. `PATH.tags` and `PATH.terms` name the numbers, one name a line.
 * @param rows  how many rows were written; may be NULL
 * @return TTAG_OK, TTAG_EMPTY (no record or no term), TTAG_IO, TTAG_NOMEM, TTAG_CANCELLED.
 */
TTAG_API ttag_status ttag_export_svmlight(ttag_reader *feed, const char *path,
                                          const ttag_export_opts *opts, size_t *rows,
                                          ttag_error *err);

#ifdef __cplusplus
}
#endif

#endif
