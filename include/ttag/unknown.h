/**
 * @file ttag/unknown.h
 * Rules for what a source does not say: "records of kev say nothing about Threats*".
 *
 * In: rules as text, "FIELD=VALUE:TAGS". A record whose field fits VALUE says nothing about the
 * tags that fit TAGS, neither that it carries them nor that it does not; but for those that it
 * does carry. Out: for training and evaluation, which pairs of record and tag do not count.
 *
 * FIELD is `source`, `id` (as it stands in the record, without quotes) or `file`: where the record
 * was read, by its last name ("kev.jsonl") or, where VALUE holds a slash, by its whole path. VALUE
 * ends at the first colon; TAGS may hold more of them. In both `*` stands for any characters and
 * `?` for one, all others for themselves. An empty VALUE fits records without the field.
 *
 *     ttag_unknown_rules *rules;
 *     if (ttag_unknown_rules_new(&rules, &err) == TTAG_OK &&
 *         ttag_unknown_rules_add(rules, "source=kev:Threats*", &err) == TTAG_OK &&
 *         ttag_unknown_rules_add(rules, "file=nvd-*.jsonl.gz:*", &err) == TTAG_OK)
 *         opts.unknown_where = rules;
 */
#ifndef TTAG_UNKNOWN_H
#define TTAG_UNKNOWN_H

#include "ttag/articles.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Rules, at most 64. Once all are added any number of threads may use them. */
typedef struct ttag_unknown_rules ttag_unknown_rules;

/** Without rules as yet. @return TTAG_OK; TTAG_NOMEM. */
TTAG_API ttag_status ttag_unknown_rules_new(ttag_unknown_rules **out, ttag_error *err);

/**
 * Adds a rule, or, of the form "@FILE", those of a file: one a line, blank lines and lines that
 * begin with # passed over.
 * @return TTAG_OK; TTAG_INVALID: it is no rule, or one too many; of a file TTAG_PARSE, and TTAG_IO;
 * TTAG_NOMEM. After a failure some rules of a file may have been added.
 */
TTAG_API ttag_status ttag_unknown_rules_add(ttag_unknown_rules *rules, const char *rule,
                                            ttag_error *err);

/** How many there are; and each as it was given, borrowed. `rules` may be NULL: none. */
TTAG_API size_t ttag_unknown_rules_count(const ttag_unknown_rules *rules);
TTAG_API const char *ttag_unknown_rules_text(const ttag_unknown_rules *rules, size_t number);

/**
 * Which rules are about the article, and which about the tag: bit n for rule n. The article says
 * nothing about the tag if both have a bit in common, unless it carries the tag. `rules` may be
 * NULL: 0.
 */
TTAG_API uint64_t ttag_unknown_rules_of_article(const ttag_unknown_rules *rules,
                                                const ttag_article *article);
TTAG_API uint64_t ttag_unknown_rules_of_tag(const ttag_unknown_rules *rules, ttag_view tag);

TTAG_API void ttag_unknown_rules_free(ttag_unknown_rules *rules);

#ifdef __cplusplus
}
#endif

#endif
