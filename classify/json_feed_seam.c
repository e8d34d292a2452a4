/* Left out goes an item with what parts it from the one before; the first one that stays, without.
 */
#include "classify/json_feed_seam.h"

static void take_out(buffer *out, size_t at, size_t size)
{
    if (size == 0 || !buffer_ok(out))
        return;
    memmove(out->bytes + at, out->bytes + at + size, out->size - at - size + 1); /* and the end */
    out->size -= size;
}

bool json_feed_begins_at(const ttag_record *item)
{
    size_t at = 0;
    while (at < item->before && (unsigned char)item->bytes.bytes[at] <= 0x20)
        at++;
    return at < item->before && item->bytes.bytes[at] == '{';
}

void json_feed_seam_add(json_feed_seam *seam, buffer *out, size_t at, const ttag_record *item,
                        bool is_written)
{
    const bool begins = json_feed_begins_at(item);
    if (begins) {
        seam->begins = true;
        seam->holds_item = false;
    }
    if (!is_written || seam->holds_item)
        return;
    seam->holds_item = true;
    if (begins)
        return;
    if (seam->begins) {
        take_out(out, at, item->before);
    } else {
        seam->at = at;
        seam->size = item->before;
    }
}

void json_feed_seam_close(const json_feed_seam *seam, buffer *out, bool *holds_item)
{
    if (!*holds_item)
        take_out(out, seam->at, seam->size);
    *holds_item = seam->holds_item || (!seam->begins && *holds_item);
}
