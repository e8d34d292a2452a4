/* A list is a text; each of its tokens is a stop word. */
#include "features/stop_words.h"

#include <string.h>

#include "articles/utf8.h"
#include "base/error.h"
#include "base/input.h"
#include "base/view.h"
#include "features/stemmer.h"

/* Articles, pronouns, auxiliaries, prepositions and conjunctions; no word that could be news. */
static const char ENGLISH[] =
    "a an the this that these those such same other another each every either neither both all any "
    "some no none one "
    "i me my mine we us our ours you your yours he him his she her hers it its they them their "
    "theirs "
    "myself yourself himself herself itself ourselves themselves who whom whose which what "
    "am is are was were be been being has have had having do does did doing done will would shall "
    "should can could may might must ought "
    "isn aren wasn weren hasn haven hadn doesn don didn won wouldn shan shouldn couldn mustn ll ve "
    "re "
    "of in on at by for from to into onto with within without about above below over under between "
    "among against across along around through during before after until since upon toward towards "
    "off out up down "
    "and or but nor so yet if then than because while although though unless whether as like per "
    "via "
    "when where why how here there now also only just even very too not more most much many few "
    "less "
    "least own again once ever still already";

static ttag_status add(stop_words *stop, const ttag_text_opts *opts, ttag_view text,
                       ttag_error *err)
{
    token_list tokens = {0}, stems = {0};
    stemmer english = {0};
    const token_list *words = opts->stem ? &stems : &tokens;
    bool ok = tokens_scan(&tokens, opts->tokens, text) &&
              (!opts->stem || stemmer_stem(&english, &stems, &tokens));
    for (size_t i = 0; ok && i < words->count; i++)
        ok = intern_add(&stop->words, tokens_ngram(words, i, 1)) != INTERN_NONE;
    tokens_dispose(&tokens);
    tokens_dispose(&stems);
    stemmer_dispose(&english);
    return ok ? TTAG_OK : fail_memory(err);
}

static ttag_status add_file(stop_words *stop, const ttag_text_opts *opts, ttag_error *err)
{
    mapping file;
    buffer text = {0};
    ttag_status status = mapping_open(&file, opts->stop_words, err);
    if (status != TTAG_OK)
        return status;
    utf8_clean(&text, (ttag_view){(const char *)file.bytes, file.size});
    mapping_close(&file);
    status = buffer_ok(&text) ? add(stop, opts, buffer_as_view(&text), err) : fail_memory(err);
    buffer_dispose(&text);
    if (status == TTAG_OK && stop->words.count == 0)
        return fail_at(err, TTAG_PARSE, opts->stop_words, 0, 0,
                       "no word in it; expected a text of words to leave out");
    return status;
}

ttag_status stop_words_read(stop_words *stop, const ttag_text_opts *opts, ttag_error *err)
{
    if (!opts->stop_words || strcmp(opts->stop_words, "none") == 0)
        return TTAG_OK;
    if (strcmp(opts->stop_words, "english") == 0)
        return add(stop, opts, view_of(ENGLISH), err);
    return add_file(stop, opts, err);
}

static bool has(const stop_words *stop, const char *begin, const char *end)
{
    return intern_find(&stop->words, (ttag_view){begin, (size_t)(end - begin)}) != INTERN_NONE;
}

bool stop_words_bound(const stop_words *stop, ttag_view term)
{
    if (stop->words.count == 0 || is_char_term(term))
        return false;
    const char *begin = term.bytes + (is_title_term(term) ? TITLE_PREFIX_SIZE : 0);
    const char *end = term.bytes + term.size, *first_end = begin, *last = end;
    while (first_end < end && *first_end != ' ')
        first_end++;
    while (last > begin && last[-1] != ' ')
        last--;
    return has(stop, begin, first_end) || has(stop, last, end);
}

void stop_words_dispose(stop_words *stop)
{
    intern_dispose(&stop->words);
}
