/* The list of tags as its users see it: built in or from a file, looked up by position or name. */
#include "ttag/taxonomy.h"

#include "articles/lines.h"
#include "articles/taxonomy_builtin.h"
#include "articles/taxonomy_read.h"
#include "base/memory.h"

static const size_t MAX_FILE = (size_t)64 << 20;

ttag_status ttag_taxonomy_new_builtin(ttag_taxonomy **out, ttag_error *err)
{
    ttag_view text = {taxonomy_builtin, taxonomy_builtin_size};
    return taxonomy_parse(out, text, "built-in taxonomy", err);
}

ttag_status ttag_taxonomy_load(ttag_taxonomy **out, const char *path, ttag_error *err)
{
    *out = NULL;
    lines file = {0};
    ttag_view text = {NULL, 0};
    ttag_status status = lines_file(&file, path, MAX_FILE, "a taxonomy", &text, err);
    if (status == TTAG_OK)
        status = taxonomy_parse(out, text, path, err);
    lines_dispose(&file);
    return status;
}

void ttag_taxonomy_free(ttag_taxonomy *taxonomy)
{
    if (!taxonomy)
        return;
    mem_free(taxonomy->tags);
    intern_dispose(&taxonomy->positions);
    arena_dispose(&taxonomy->memory);
    mem_free(taxonomy);
}

size_t ttag_taxonomy_size(const ttag_taxonomy *taxonomy)
{
    return taxonomy->n_tags;
}

const ttag_tag *ttag_taxonomy_tag(const ttag_taxonomy *taxonomy, size_t position)
{
    return &taxonomy->tags[position];
}

uint32_t ttag_taxonomy_find(const ttag_taxonomy *taxonomy, ttag_view name)
{
    uint32_t position = intern_find(&taxonomy->positions, name);
    return position == INTERN_NONE ? TTAG_NO_TAG : position;
}
