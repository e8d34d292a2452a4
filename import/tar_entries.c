/* Headers of 512 bytes, each followed by its file's bytes in whole blocks. */
#include "import/tar_entries.h"

#include <string.h>

#include "base/ascii.h"
#include "base/error.h"
#include "base/view.h"

enum {
    AT_NAME = 0,
    NAME_SIZE = 100,
    AT_SIZE = 124,
    AT_SUM = 148,
    SUM_SIZE = 8,
    AT_TYPE = 156,
    AT_MAGIC = 257,
    AT_PREFIX = 345,
    PREFIX_SIZE = 155,
    MOST_NAME = 1 << 16
};

ttag_status read_fully(input *in, void *bytes, size_t size, size_t *got, ttag_error *err)
{
    ttag_status status = TTAG_OK;
    size_t more = 1;
    for (*got = 0; *got < size && more > 0 && status == TTAG_OK; *got += more) {
        more = 0;
        status = input_read(in, (char *)bytes + *got, size - *got, &more, err);
    }
    return status;
}

/* An octal number, or GNU's big-endian one behind a byte of 0x80; UINT64_MAX: neither. */
static uint64_t read_number(const unsigned char *bytes, size_t size)
{
    uint64_t number = 0;
    if (bytes[0] == 0x80) {
        for (size_t i = size - 8; i < size; i++)
            number = number << 8 | bytes[i];
        return number;
    }
    size_t i = 0;
    while (i < size && bytes[i] == ' ')
        i++;
    for (; i < size && bytes[i] >= '0' && bytes[i] <= '7'; i++)
        number = number << 3 | (uint64_t)(bytes[i] - '0');
    return i < size && bytes[i] != '\0' && bytes[i] != ' ' ? UINT64_MAX : number;
}

bool tar_is_header(const unsigned char *block)
{
    uint64_t sum = 0;
    for (int i = 0; i < TAR_BLOCK; i++)
        sum += i >= AT_SUM && i < AT_SUM + SUM_SIZE ? ' ' : block[i];
    return sum > (uint64_t)SUM_SIZE * ' ' && read_number(block + AT_SUM, SUM_SIZE) == sum;
}

static bool is_end(const unsigned char *block)
{
    for (int i = 0; i < TAR_BLOCK; i++)
        if (block[i])
            return false;
    return true;
}

static ttag_status refuse(const tar_entries *t, const char *what, ttag_error *err)
{
    return fail_at(err, TTAG_PARSE, t->path, 0, 0, "%s; expected a whole tar archive", what);
}

/* Takes `size` bytes and what fills the last block; kept if `out`. */
static ttag_status take(tar_entries *t, uint64_t size, buffer *out, ttag_error *err)
{
    unsigned char block[TAR_BLOCK];
    while (size > 0) {
        size_t got, part = size < TAR_BLOCK ? (size_t)size : TAR_BLOCK;
        ttag_status status = read_fully(t->in, block, TAR_BLOCK, &got, err);
        if (status != TTAG_OK)
            return status;
        if (got < part)
            return refuse(t, "the archive ends within a file", err);
        if (out)
            buffer_put(out, block, part);
        size -= part;
    }
    return !out || buffer_ok(out) ? TTAG_OK : fail_memory(err);
}

static void put_field(buffer *out, const unsigned char *field, size_t size)
{
    const void *end = memchr(field, '\0', size);
    buffer_put(out, field, end ? (size_t)((const unsigned char *)end - field) : size);
}

static void name_of_header(tar_entries *t)
{
    buffer_clear(&t->name);
    if (memcmp(t->header + AT_MAGIC, "ustar\0", 6) == 0 && t->header[AT_PREFIX]) {
        put_field(&t->name, t->header + AT_PREFIX, PREFIX_SIZE);
        buffer_char(&t->name, '/');
    }
    put_field(&t->name, t->header + AT_NAME, NAME_SIZE);
}

/* "path" of pax's records, "27 path=folder/name\n"; nothing if there is none. */
static void name_of_pax(buffer *name, ttag_view records)
{
    while (records.size) {
        size_t size = 0, at = 0;
        for (; at < records.size && is_digit(records.bytes[at]); at++)
            size = size > records.size ? size : 10 * size + (size_t)(records.bytes[at] - '0');
        if (at == records.size || size > records.size || size < at + 2)
            return;
        ttag_view record = {records.bytes + at + 1, size - at - 2};
        if (record.size > 5 && view_begins(record, "path=")) {
            buffer_clear(name);
            buffer_put(name, record.bytes + 5, record.size - 5);
        }
        records = (ttag_view){records.bytes + size, records.size - size};
    }
}

static ttag_status read_header(tar_entries *t, ttag_error *err)
{
    size_t got = TAR_BLOCK;
    ttag_status status = TTAG_OK;
    if (!t->has_header)
        status = read_fully(t->in, t->header, TAR_BLOCK, &got, err);
    t->has_header = false;
    if (status != TTAG_OK)
        return status;
    if (got == 0 || (got == TAR_BLOCK && is_end(t->header)))
        return TTAG_END;
    if (got < TAR_BLOCK || !tar_is_header(t->header))
        return refuse(t, "a header is damaged", err);
    return TTAG_OK;
}

/* A long name for the entry that follows, in GNU's or pax's way; others are passed over. */
static ttag_status take_extension(tar_entries *t, uint64_t size, bool *named, ttag_error *err)
{
    char type = (char)t->header[AT_TYPE];
    bool is_name = type == 'L' || type == 'x';
    if (is_name && size > MOST_NAME)
        return refuse(t, "a name is too long", err);
    buffer_clear(&t->bytes);
    ttag_status status = take(t, size, is_name ? &t->bytes : NULL, err);
    if (status != TTAG_OK || !is_name)
        return status;
    if (!*named)
        buffer_clear(&t->name);
    if (type == 'L') {
        buffer_clear(&t->name);
        const ttag_view name = buffer_as_view(&t->bytes); /* of no bytes, too */
        put_field(&t->name, (const unsigned char *)name.bytes, name.size);
    } else {
        name_of_pax(&t->name, buffer_as_view(&t->bytes));
    }
    *named = *named || t->name.size > 0;
    return buffer_ok(&t->name) ? TTAG_OK : fail_memory(err);
}

ttag_status tar_next(tar_entries *t, ttag_error *err)
{
    bool named = false;
    ttag_status status;
    while ((status = read_header(t, err)) == TTAG_OK) {
        uint64_t size = read_number(t->header + AT_SIZE, 12);
        char type = (char)t->header[AT_TYPE];
        if (size == UINT64_MAX)
            return refuse(t, "a size is no number", err);
        if (type != '0' && type != '\0') {
            status = take_extension(t, size, &named, err);
            if (status != TTAG_OK)
                return status;
            continue;
        }
        if (!named)
            name_of_header(t);
        buffer_clear(&t->bytes);
        bool keep = size <= t->max_size;
        status = take(t, size, keep ? &t->bytes : NULL, err);
        if (status == TTAG_OK && !keep)
            status = fail_at(err, TTAG_LIMIT, t->path, 0, 0,
                             "a file of %llu bytes in the archive; expected at most %zu",
                             (unsigned long long)size, t->max_size);
        return status;
    }
    return status;
}

void tar_dispose(tar_entries *t)
{
    buffer_dispose(&t->name);
    buffer_dispose(&t->bytes);
}
