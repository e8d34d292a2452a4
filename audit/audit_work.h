/* An audit with all that its findings borrow from. */
#ifndef AUDIT_AUDIT_WORK_H
#define AUDIT_AUDIT_WORK_H

#include "audit/clusters.h"
#include "audit/giveaways.h"
#include "audit/label_doubts.h"
#include "audit/repeated_lines.h"
#include "audit/shared_passages.h"
#include "audit/tag_habits.h"

typedef struct audit_work {
    ttag_audit found; /* first: a pointer to it is one to all */
    audited_feed feed, against;
    ttag_audit_tag *tags;
    clusters clusters;
    shared_passages passages;
    tag_habits habits;
    label_doubts doubts;
    giveaways giveaways;
    repeated_lines lines;
    ttag_audit_language *languages;
    uint32_t *short_ones;
} audit_work;

static inline const audit_work *audit_work_of(const ttag_audit *audit)
{
    return (const audit_work *)(const void *)audit;
}

#endif
