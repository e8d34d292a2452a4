/* The tag table of a model file, checked whole whenever it is written or read. */
#include "classify/model_tags.h"

#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/view.h"
#include "classify/shown_text.h"

/* ---- Checking. ---- */

static bool is_share_or_nan(float x)
{
    return isnan(x) || (x >= 0 && x <= 1);
}

static bool is_share(float x)
{
    return x >= 0 && x <= 1;
}

/* Whether points rise, and so do their log-odds. */
static bool points_rise(const ttag_model_tag *tag)
{
    if (tag->n_points == 1 || tag->n_points > MODEL_MOST_POINTS)
        return false;
    for (size_t k = 0; k < 2 * tag->n_points; k++)
        if (!isfinite(tag->points[k]) || (k >= 2 && !(tag->points[k] > tag->points[k - 2])))
            return false;
    return true;
}

/* What is wrong with the tag's figures, or NULL. */
static const char *figures_trouble(const ttag_model_tag *tag, bool calibrated)
{
    if (!isfinite(tag->bias))
        return "bias is not a finite number";
    if (!is_share_or_nan(tag->oof_precision) || !is_share_or_nan(tag->oof_recall) ||
        !is_share_or_nan(tag->oof_f1))
        return "an out-of-fold figure is outside 0 to 1";
    if (tag->cut_spread < 0)
        return "spread of the cut is negative";
    if (tag->constant)
        return NULL; /* always given: the rest is not used */
    if (!is_share(tag->threshold) && tag->threshold != INFINITY)
        return "threshold is outside 0 to 1, and not the one that is never reached";
    if (!isfinite(tag->slope) || !(tag->slope < 0) || !isfinite(tag->offset))
        return "calibration is not a finite falling exponent";
    if (!points_rise(tag))
        return "calibration has one point, over 64, or some that do not rise";
    if (!calibrated &&
        (tag->n_points > 0 || tag->slope != -1 || tag->offset != 0 || tag->threshold != 0.5F))
        return "calibration contradicts that the model is not calibrated";
    return NULL;
}

static const char *texts_trouble(const ttag_model_tag *tag)
{
    if (tag->name.size == 0)
        return "name is empty";
    if (!text_is_clean(tag->name) || !text_is_clean(tag->description) || !text_is_clean(tag->group))
        return "name, description or group is not plain UTF-8 text";
    return NULL;
}

static const char *implies_trouble(const ttag_model_tag *tag, size_t position, size_t n_tags)
{
    for (size_t i = 0; i < tag->n_implies; i++)
        if (tag->implies[i] >= n_tags || tag->implies[i] == position)
            return "implied tag is not another tag of the model";
    return NULL;
}

ttag_status model_tags_check(const ttag_model_tag *tags, size_t n_tags, bool calibrated,
                             ttag_status code, const char *path, ttag_error *err)
{
    for (size_t i = 0; i < n_tags; i++) {
        const char *trouble = texts_trouble(&tags[i]);
        if (!trouble)
            trouble = figures_trouble(&tags[i], calibrated);
        if (!trouble)
            trouble = implies_trouble(&tags[i], i, n_tags);
        if (!trouble && i > 0 && view_compare(tags[i - 1].name, tags[i].name) >= 0)
            trouble = "name does not follow the one before it in byte order";
        if (trouble)
            return fail_at(err, code, path, 0, 0, "tag %zu: its %s", i + 1, trouble);
    }
    return TTAG_OK;
}

/* ---- Writing. ---- */

/* NaN has many bit patterns; the same parts must give the same bytes. */
static float one_nan(float x)
{
    return isnan(x) ? NAN : x;
}

void model_tags_encode(buffer *records, buffer *strings, const ttag_model_tag *tags, size_t n_tags)
{
    for (size_t i = 0; i < n_tags; i++) {
        const ttag_model_tag *tag = &tags[i];
        model_tag record = {.name_size = (uint32_t)tag->name.size,
                            .description_size = (uint32_t)tag->description.size,
                            .group_size = (uint32_t)tag->group.size,
                            .n_implies = (uint32_t)tag->n_implies,
                            .support = tag->support,
                            .flags = tag->constant ? MODEL_CONSTANT : 0,
                            .bias = tag->bias,
                            .cut = one_nan(tag->cut),
                            .threshold = one_nan(tag->threshold),
                            .oof_precision = one_nan(tag->oof_precision),
                            .oof_recall = one_nan(tag->oof_recall),
                            .oof_f1 = one_nan(tag->oof_f1),
                            .cut_spread = one_nan(tag->cut_spread),
                            .n_points = (uint32_t)tag->n_points,
                            .slope = tag->slope,
                            .offset = tag->offset};
        buffer_put(records, &record, sizeof record);
        buffer_view(strings, tag->name);
        buffer_view(strings, tag->description);
        buffer_view(strings, tag->group);
    }
    for (size_t i = 0; i < n_tags; i++)
        buffer_put(records, tags[i].implies, tags[i].n_implies * sizeof *tags[i].implies);
    for (size_t i = 0; i < n_tags; i++)
        buffer_put(records, tags[i].points, 2 * tags[i].n_points * sizeof *tags[i].points);
}

/* ---- Reading. ---- */

/* What is left of the two sections. */
typedef struct cursor {
    const char *strings;
    uint64_t strings_left;
    uint32_t *implies;
    uint64_t implies_left; /* and the points behind them, all of 4 bytes */
} cursor;

static bool take_string(cursor *c, ttag_view *out, uint32_t size)
{
    if (size > c->strings_left)
        return false;
    *out = (ttag_view){c->strings, size};
    c->strings += size;
    c->strings_left -= size;
    return true;
}

static bool take_tag(cursor *c, ttag_model_tag *tag, const model_tag *record)
{
    if (record->flags & ~(uint32_t)MODEL_CONSTANT || record->n_implies > c->implies_left)
        return false;
    *tag = (ttag_model_tag){.implies = c->implies,
                            .n_implies = record->n_implies,
                            .support = record->support,
                            .constant = record->flags & MODEL_CONSTANT,
                            .bias = record->bias,
                            .cut = record->cut,
                            .threshold = record->threshold,
                            .slope = record->slope,
                            .offset = record->offset,
                            .n_points = record->n_points,
                            .oof_precision = record->oof_precision,
                            .oof_recall = record->oof_recall,
                            .oof_f1 = record->oof_f1,
                            .cut_spread = record->cut_spread};
    c->implies += record->n_implies;
    c->implies_left -= record->n_implies;
    return take_string(c, &tag->name, record->name_size) &&
           take_string(c, &tag->description, record->description_size) &&
           take_string(c, &tag->group, record->group_size);
}

/* Once all tags have what they imply. */
static bool take_points(cursor *c, ttag_model_tag *tag)
{
    uint64_t n_floats = 2 * (uint64_t)tag->n_points;
    if (n_floats > c->implies_left)
        return false;
    tag->points = tag->n_points > 0 ? (const float *)(const void *)c->implies : NULL;
    c->implies += n_floats;
    c->implies_left -= n_floats;
    return true;
}

ttag_status model_tags_decode(ttag_model *model, ttag_error *err)
{
    size_t n_tags = model->parts.n_tags;
    const model_tag *records = model_part_bytes(model, PART_TAGS);
    uint64_t records_size = model_part_size(model, PART_TAGS);
    size_t table_size;
    if (!size_mul(&table_size, n_tags, sizeof *records) || table_size > records_size ||
        (records_size - table_size) % sizeof(uint32_t) != 0)
        return fail_at(err, TTAG_FORMAT, model->path, 0, 0,
                       "section \"tags\" has %llu bytes, too few or too many for %zu tags",
                       (unsigned long long)records_size, n_tags);
    model->tags = mem_zero(n_tags, sizeof *model->tags);
    model->implies = mem_copy(records + n_tags, (size_t)records_size - table_size);
    if (!model->tags || !model->implies)
        return fail_memory(err);
    cursor c = {model_part_bytes(model, PART_STRINGS), model_part_size(model, PART_STRINGS),
                model->implies, (records_size - table_size) / sizeof(uint32_t)};
    bool fits = true;
    for (size_t i = 0; fits && i < n_tags; i++)
        fits = take_tag(&c, &model->tags[i], &records[i]);
    for (size_t i = 0; fits && i < n_tags; i++)
        fits = take_points(&c, &model->tags[i]);
    if (!fits || c.strings_left != 0 || c.implies_left != 0)
        return fail_at(err, TTAG_FORMAT, model->path, 0, 0,
                       "sections \"tags\" and \"strings\" do not fit each other");
    return model_tags_check(model->tags, n_tags, model->parts.calibrated, TTAG_FORMAT, model->path,
                            err);
}
