/**
 * @file ttag/articles.h
 * Every way an article comes in, made into one ttag_article.
 *
 * In: files, folders or standard input; JSON Lines, feed-article text, plain text, feeds,
 * tables, pages, messages; each also packed by gzip or Zstandard. Out: a stream of articles in
 * input order. docs/formats.md describes the formats.
 *
 *     ttag_reader *reader;
 *     ttag_article article;
 *     const char *feed = "feed.jsonl";
 *     if (ttag_reader_open(&reader, &feed, 1, NULL, &err) == TTAG_OK) {
 *         while (ttag_reader_next(reader, &article, &err) == TTAG_OK)
 *             printf("%.*s\n", (int)article.title.size, article.title.bytes);
 *         ttag_reader_free(reader);
 *     }
 */
#ifndef TTAG_ARTICLES_H
#define TTAG_ARTICLES_H

#include "ttag/base.h"
#include "ttag/taxonomy.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The largest weight of a record. */
#define TTAG_WEIGHT_MOST 1e6

/** Why a part of a text is passed over. */
typedef enum ttag_drop_reason {
    TTAG_DROP_PATTERN = 0, /**< it fits a pattern of boilerplate */
    TTAG_DROP_REPEATED     /**< it is a line that repeats over a source */
} ttag_drop_reason;

/** A part of an article's text that its features pass over (ttag/boilerplate.h). */
typedef struct ttag_dropped {
    ttag_view text; /**< points into the article's text */
    ttag_drop_reason why;
} ttag_dropped;

/** One article. Its views live until the next call on the reader or decoder it came from. */
typedef struct ttag_article {
    ttag_view text;   /**< the body, without title and tag line; never absent */
    ttag_view title;  /**< absent or empty: none */
    ttag_view id;     /**< as JSON text: `"a-17"` with its quotes, `17`; absent: none */
    ttag_view date;   /**< ISO 8601 as given; not checked */
    ttag_view source; /**< who published it */
    ttag_view url;
    ttag_view group;       /**< articles of one story; never split over folds */
    ttag_view article;     /**< this record is a passage of that article; groups as well */
    const ttag_view *tags; /**< n_tags distinct names, in the record's order */
    size_t n_tags;
    const ttag_view *unknown; /**< n_unknown tags about which the record says nothing */
    size_t n_unknown;
    bool labelled;       /**< `tags` was there, be it empty */
    bool unknown_others; /**< `unknown` holds "*": all tags but those in `tags` */
    double weight;       /**< of the record in training: a factor of its cost; 1 where it says
                              nothing; from 0 to TTAG_WEIGHT_MOST */
    ttag_view record;    /**< JSON Lines: the object itself; other formats: absent */
    const char *path;    /**< file it came from; "-" is standard input */
    size_t line;         /**< first line of the record in that file, from 1 */
    size_t bad_bytes;    /**< bytes that were not UTF-8, or NUL; they are U+FFFD now */
    const ttag_dropped *dropped; /**< n_dropped parts of the text, in order, that features pass
                                      over; a reader leaves that to ttag_boilerplate_find */
    size_t n_dropped;
    ttag_view language; /**< as a page or a JSON Feed declares it: "en-GB"; absent: it does not */
} ttag_article;

/**
 * How a file is to be read. AUTO goes by the ending, .gz and .zst aside: .jsonl; .txt; .rss, .atom,
 * .rdf, .xml; .jsonfeed, .feed.json; .csv, .tsv; .html, .htm; .eml. Other files and standard input:
 * JSON Lines if the first byte that is not blank is `{`, or a JSON Feed if it begins with its
 * version, a STIX bundle or MISP events if it begins as these do; a page if it begins as HTML does,
 * a feed if it is another `<`; else ARTICLE.
 */
typedef enum ttag_input_format {
    TTAG_INPUT_AUTO = 0,
    TTAG_INPUT_JSONL,     /**< one JSON object a line */
    TTAG_INPUT_ARTICLE,   /**< the whole file: title, tag line, body; the first two optional */
    TTAG_INPUT_TEXT,      /**< the whole file is the body */
    TTAG_INPUT_FEED,      /**< RSS 0.9x, 1.0 and 2.0, Atom 1.0: an article for each item */
    TTAG_INPUT_JSON_FEED, /**< JSON Feed 1.0 and 1.1: an article for each item */
    TTAG_INPUT_STIX,      /**< a bundle of STIX 2.1: an article for each report and note */
    TTAG_INPUT_MISP,      /**< MISP events, as MISP exports them: an article each */
    TTAG_INPUT_CSV,       /**< an article for each row but the first, which names the columns; with
                               comma, semicolon or tab, whichever that row has most of */
    TTAG_INPUT_TSV,       /**< likewise, with tab */
    TTAG_INPUT_HTML,      /**< a page: its main text, without navigation and the like */
    TTAG_INPUT_EMAIL      /**< a message (RFC 5322, MIME): its subject and its text */
} ttag_input_format;

typedef struct ttag_reader_opts {
    ttag_input_format format;
    const ttag_taxonomy *taxonomy; /**< what a tag line may hold; NULL: the built-in one; must
                                        outlive the reader */
    size_t max_record;             /**< bytes, from 1; a longer one is refused, not kept */
    uint32_t shard;                /**< which of the shards is read, from 1 */
    uint32_t shards;               /**< 0: the feeds are read whole */
    const ttag_monitor *monitor;   /**< NULL: silent; must outlive the reader */
    const char *columns;        /**< of CSV, as "text=Body,tags=Labels": names of columns for text,
                                     title, id, date, source, url, group and tags; NULL, and where
                                     it is silent: columns of these names. Must outlive the
                                     reader */
    const char *tag_separators; /**< of CSV: characters between tags; NULL: ";"; likewise */
} ttag_reader_opts;

#define TTAG_READER_OPTS_INIT                                                                      \
    {                                                                                              \
        TTAG_INPUT_AUTO, NULL, (size_t)64 << 20, 0, 0, NULL, NULL, NULL                            \
    }

/** What a reader has seen so far. */
typedef struct ttag_reader_counts {
    size_t records;     /**< good ones, and all that is in `refused` */
    size_t refused;     /**< records and files that could not be read */
    size_t bad_records; /**< good records with bytes that were not UTF-8 */
    size_t bad_bytes;   /**< such bytes, in all */
} ttag_reader_counts;

typedef struct ttag_reader ttag_reader;

/*
 * Shards. With `shards` N the feeds are cut into N parts of about the same number of bytes, by the
 * sizes that the files have when the reader is opened. Each record is in one of them; a shard's
 * records follow one another, and shard 2's follow shard 1's. JSON Lines are cut between two lines;
 * a gzipped file or an article belongs to one shard as a whole. A shard opens no file that has no
 * part in it. Lines keep the numbers that they have in their file.
 */

/**
 * Opens `n_feeds` FEEDs: a path of a file, of a folder (recursive, names in byte order, files of
 * unknown ending passed over), or "-" for standard input.
 * @param feeds  borrowed during the call only
 * @param opts   NULL: TTAG_READER_OPTS_INIT
 * @return TTAG_OK even if a feed does not exist (ttag_reader_next says so in its turn);
 * TTAG_INVALID for no feeds or options out of range, and for a shard of standard input or a pipe;
 * TTAG_NOMEM; TTAG_CANCELLED.
 */
TTAG_API ttag_status ttag_reader_open(ttag_reader **out, const char *const *feeds, size_t n_feeds,
                                      const ttag_reader_opts *opts, ttag_error *err);

/**
 * Whether a FEED can be opened, for who would rather not begin without it. No file is opened, and a
 * pipe or standard input passes.
 * @return TTAG_OK; TTAG_IO: it is not there or must not be read, or it is a folder without files to
 * read; TTAG_NOMEM.
 */
TTAG_API ttag_status ttag_feed_check(const char *feed, ttag_error *err);

/**
 * The next article, in input order.
 * @return TTAG_OK; TTAG_END after the last; TTAG_PARSE: this one record is refused, `err` names
 * file, line, and what was expected, and the next call goes on behind it (a text file is one
 * record: an empty one is refused so); TTAG_IO: likewise for a whole file (one that cannot be
 * opened or read to its end) or a folder (without articles); TTAG_CANCELLED; TTAG_NOMEM. After
 * PARSE and IO `article` holds path and line only.
 */
TTAG_API ttag_status ttag_reader_next(ttag_reader *reader, ttag_article *article, ttag_error *err);

/** What was read so far; valid as long as the reader. */
TTAG_API const ttag_reader_counts *ttag_reader_seen(const ttag_reader *reader);

TTAG_API void ttag_reader_free(ttag_reader *reader);

/* ---- Second layer: reading and decoding apart, so that several threads can decode. ---- */

/** A record as it stands in its file; bytes and id live until the next call on the reader, `path`
    as long as the reader. */
typedef struct ttag_record {
    ttag_view bytes;          /**< a line without its end, a whole file, or an item of a feed; not
                                   yet checked */
    ttag_input_format format; /**< never AUTO */
    ttag_view name;           /**< path below the FEED; the id of text files */
    const char *path;
    size_t line;
    size_t before, after; /**< of a feed: bytes of it before the item, since the one before it,
                               and, where it is the last one, behind it */
    bool marked;          /**< a byte order mark, which is not in them, is before the bytes */
    const struct ttag_csv_layout
        *layout;         /**< of CSV: what its columns are; as long as the reader */
    const char *charset; /**< of a feed that is not in UTF-8: its encoding; as long as the
                              reader */
} ttag_record;

/** Like ttag_reader_next, but undecoded; counts the record, not its bad bytes. @return as there. */
TTAG_API ttag_status ttag_reader_next_record(ttag_reader *reader, ttag_record *record,
                                             ttag_error *err);

typedef struct ttag_decoder ttag_decoder;

/** @param taxonomy  what a tag line may hold; NULL: the built-in one; must outlive the decoder.
    @return TTAG_OK, TTAG_NOMEM. */
TTAG_API ttag_status ttag_decoder_new(ttag_decoder **out, const ttag_taxonomy *taxonomy,
                                      ttag_error *err);

/**
 * Decodes a record: checks UTF-8, parses, finds title and tag line.
 * @return TTAG_OK; TTAG_PARSE; TTAG_NOMEM. The article's views live until the next call on this
 * decoder and no longer than the record's bytes, which some of them point into; `path` as long as
 * the record's.
 */
TTAG_API ttag_status ttag_decode(ttag_decoder *decoder, ttag_article *article,
                                 const ttag_record *record, ttag_error *err);

TTAG_API void ttag_decoder_free(ttag_decoder *decoder);

#ifdef __cplusplus
}
#endif

#endif
