/* Looking, and doubling what is looked at, so that the time is linear. */
#include "articles/window.h"

enum { STEP = 1 << 16 };

/* How much is to be at hand after so much was too little; 0: it is over the bound. */
static size_t next_size(size_t most, size_t size)
{
    if (size >= most)
        return 0;
    return size < most / 2 ? 2 * size + STEP : most;
}

ttag_status window_find(lines *file, size_t most, window_look *look, void *payload, ttag_error *err)
{
    ttag_view text;
    for (size_t least = 1; least > 0; least = next_size(most, text.size)) {
        ttag_status status = lines_peek(file, &text, least, err);
        if (status != TTAG_OK)
            return status;
        window_outcome outcome = look(payload, text, file->ended);
        if (outcome != WINDOW_UNSURE)
            return outcome == WINDOW_FOUND ? TTAG_OK : TTAG_END;
    }
    return TTAG_LIMIT;
}

bool window_would_wait(lines *file, size_t most, window_look *look, void *payload, bool *found)
{
    ttag_view text = {NULL, 0};
    *found = false;
    if (!input_is_live(file->in))
        return false;
    for (size_t least = 1; least > 0; least = next_size(most, text.size)) {
        if (lines_peek_would_wait(file, least))
            return true;
        if (lines_peek(file, &text, 0, NULL) != TTAG_OK)
            return false;
        window_outcome outcome = look(payload, text, file->ended);
        *found = outcome == WINDOW_FOUND;
        if (outcome != WINDOW_UNSURE)
            return false;
    }
    return false;
}
