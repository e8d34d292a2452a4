/* Whether there is anything to open, found out as the reader does. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "articles/walk.h"
#include "base/error.h"

ttag_status ttag_feed_check(const char *feed, ttag_error *err)
{
    if (strcmp(feed, "-") == 0)
        return TTAG_OK;
    walk_list list = {0};
    arena memory = {0};
    ttag_status status = walk_feed(&list, feed, &memory, NULL, err);
    if (status == TTAG_OK && list.n == 1) /* all that there is may be trouble */
        status = walk_trouble(&list.files[0], err);
    if (status == TTAG_OK && access(feed, R_OK) != 0)
        status = fail_errno(err, feed, "cannot open", errno);
    walk_dispose(&list);
    arena_dispose(&memory);
    return status;
}
