/* A mapping out of its text, a file, or those that are built in. */
#include "import/source_mapping.h"

#include "articles/lines.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/view.h"
#include "import/mapping_read.h"
#include "import/mappings_builtin.h"

const char *const mapped_names[MAPPED_FIELDS] = {"id", "title", "text", "date", "url", "group"};

ttag_status mapping_parse(ttag_mapping **out, ttag_view text, const char *path, ttag_error *err)
{
    *out = NULL;
    ttag_mapping *m = mem_zero(1, sizeof *m);
    if (!m)
        return fail_memory(err);
    m->about = (ttag_mapping_about){"", "", "", "", ""};
    mapping_reader r = {m, path, {0}, err};
    ttag_status status = ttag_taxonomy_new_builtin(&m->taxonomy, err);
    if (status == TTAG_OK)
        status = mapping_read_members(&r, text);
    buffer_dispose(&r.text);
    if (status != TTAG_OK) {
        ttag_mapping_free(m);
        return status;
    }
    *out = m;
    return TTAG_OK;
}

ttag_status ttag_mapping_load(ttag_mapping **out, const char *path, ttag_error *err)
{
    enum { LARGEST = 16 << 20 };
    lines file = {0};
    ttag_view text;
    *out = NULL;
    ttag_status status = lines_file(&file, path, LARGEST, "a mapping", &text, err);
    if (status == TTAG_OK)
        status = mapping_parse(out, text, path, err);
    lines_dispose(&file);
    return status;
}

const char *const *ttag_mapping_names(void)
{
    return mappings_builtin_names;
}

ttag_status ttag_mapping_new_builtin(ttag_mapping **out, const char *name, ttag_error *err)
{
    *out = NULL;
    for (size_t i = 0; mappings_builtin_names[i]; i++)
        if (view_equal(view_of(mappings_builtin_names[i]), view_of(name)))
            return mapping_parse(out, mappings_builtin(i), name, err);
    return fail(err, TTAG_INVALID, "there is no mapping \"%.60s\"", name);
}

ttag_mapping_about ttag_mapping_tell(const ttag_mapping *m)
{
    return m->about;
}

void ttag_mapping_free(ttag_mapping *m)
{
    if (!m)
        return;
    ttag_taxonomy_free(m->taxonomy);
    arena_dispose(&m->memory);
    mem_free(m);
}
