/* namespace:predicate="value" */
#include "articles/machine_tag.h"

#include "articles/utf8.h"
#include "base/view.h"

ttag_view machine_tag_name(ttag_view tag)
{
    static const char prefix[] = "threattag:category=\"";
    const size_t front = sizeof prefix - 1;
    tag = utf8_trim(tag);
    if (tag.size > front + 1 && memcmp(tag.bytes, prefix, front) == 0 &&
        tag.bytes[tag.size - 1] == '"')
        return (ttag_view){tag.bytes + front, tag.size - front - 1};
    const bool is_plain = tag.size > 0 && !memchr(tag.bytes, ':', tag.size);
    return is_plain ? tag : (ttag_view){NULL, 0};
}
