/**
 * @file ttag/passages.h
 * The passages of a text: its sentences or its paragraphs.
 *
 * In: text, as ttag_reader gives it. Out: one passage after the other, in order, none overlapping,
 * without blanks at either end. A splitter takes no memory and time in proportion to the text.
 *
 *     ttag_splitter splitter = ttag_split(article.text, TTAG_UNIT_SENTENCE);
 *     ttag_passage passage;
 *     while (ttag_split_next(&splitter, &passage))
 *         printf("%zu %.*s\n", passage.first, (int)passage.text.size, passage.text.bytes);
 *
 * A paragraph ends at an empty line; before an item of a list, a heading or a row of a table; and
 * at any line end that is no mere wrapping of a long line. Each line of code (between two lines of
 * three backquotes, or set in by four blanks or a tab) and each row of a table is a paragraph.
 *
 * A sentence ends where its paragraph does, and behind `.`, `!`, `?`, an ellipsis or their CJK
 * kin, closing quotes and brackets included, where what follows can begin another. So it does not
 * end behind an abbreviation ("Dr. Who", "e.g. this"), an initial, the number of an item, or within
 * 1.2.3[.]4, update.exe or 10.15.7. Lines of code and rows of tables are one sentence each.
 *
 * What is longer than TTAG_SENTENCE_MOST or TTAG_PARAGRAPH_MOST bytes is cut, behind a semicolon, a
 * comma or a blank where there is one. What holds neither letter nor digit is no passage.
 */
#ifndef TTAG_PASSAGES_H
#define TTAG_PASSAGES_H

#include "ttag/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a decision is made about first. */
typedef enum ttag_unit {
    TTAG_UNIT_ARTICLE = 0, /**< the whole article */
    TTAG_UNIT_SENTENCE,
    TTAG_UNIT_PARAGRAPH
} ttag_unit;

#define TTAG_SENTENCE_MOST 1000  /**< bytes of a sentence */
#define TTAG_PARAGRAPH_MOST 8000 /**< bytes of a paragraph */

/** A passage; its text is borrowed from the text that is split. */
typedef struct ttag_passage {
    ttag_view text;
    size_t begin, end;    /**< bytes, half-open */
    size_t first, behind; /**< the same in code points */
} ttag_passage;

/**
 * What a model does with passages. Their scores, and those of windows of words within them, make up
 * the article's: a passage's score is the mean of its own and of the highest of its windows of each
 * size; the article's is the mean of those of its best passages. A passage that is no longer than a
 * window is its own window. All zero: the article is scored as a whole.
 */
typedef struct ttag_passage_rule {
    ttag_unit unit;
    uint32_t windows[2]; /**< words (tokens) of a window, 2 to 1000, each half a window behind the
                            one before it; 0: none. The second one is 0 where the first one is */
    uint32_t top;        /**< so many best passages count, 1 to 3; 0 with ARTICLE */
} ttag_passage_rule;

/**
 * The second stage: an article's score from those of its three best passages s1 >= s2 >= s3 and the
 * number n of its passages, by a logistic regression over all articles and tags. Of an article with
 * fewer passages the last one counts again.
 *     score = offset + best[0] s1 + best[1] s2 + best[2] s3 + length ln n
 */
typedef struct ttag_second_stage {
    bool used; /**< false: the rest is zero, and the mean of the best passages is the score */
    float best[3];
    float length;
    float offset;
} ttag_second_stage;

/** Where a splitter stands. Its members are its own business. */
typedef struct ttag_splitter {
    ttag_view text;
    ttag_unit unit;
    size_t at;                      /* what is before has been split */
    size_t paragraph_end;           /* of the paragraph at `at` */
    bool whole;                     /* it is one sentence */
    bool fenced;                    /* lines are code */
    bool block_code;                /* lines that are set in are code */
    size_t block_end, block_width;  /* lines up to the next empty one, and the longest of them */
    size_t counted, counted_points; /* bytes, and code points in them */
} ttag_splitter;

/**
 * Begins to split.
 * @param text  UTF-8, borrowed as long as the splitter is used; what is not well-formed is taken
 * byte by byte
 * @param unit  ARTICLE: all of the text is one passage, however long
 */
TTAG_API ttag_splitter ttag_split(ttag_view text, ttag_unit unit);

/** The next passage. @return false behind the last one; `*passage` is then unchanged. */
TTAG_API bool ttag_split_next(ttag_splitter *splitter, ttag_passage *passage);

#ifdef __cplusplus
}
#endif

#endif
