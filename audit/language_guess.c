/* Small words counted for each language; letters counted for each script. */
#include "audit/language_guess.h"

#include <string.h>

#include "articles/utf8.h"
#include "audit/word_scan.h"
#include "base/view.h"

enum { LANGUAGES = 12, WORDS_SEEN = 200, HITS_LEAST = 2, SHARE = 20 };

/* Words that are frequent in one of these languages and in few of the others. */
static const struct {
    const char *code;
    const char *words;
} languages[LANGUAGES] = {
    {"en", "the and of to that with was were is are this from have has been which their by a for "
           "at in on an it as not"},
    {"de", "der die das und ist nicht mit von den dem ein eine auf sich auch für werden wurde"},
    {"fr", "le les des est une dans qui pour pas sur au avec sont ont cette et du plus"},
    {"es", "el los las del una por con para que es se como más su fue y han"},
    {"it", "il che di della per una sono nel con gli dei le alla è anche più"},
    {"pt", "o os uma não com para dos da do em que foi pelo são mais e"},
    {"nl", "het een van en niet dat zijn met voor aan ook werd door naar wordt"},
    {"pl", "nie się na do jest że przez oraz został dla od tym które w z"},
    {"sv", "och att det som en är för på av inte med den till har"},
    {"da", "og at det som en er for på af ikke med den til har blev"},
    {"cs", "že na se je byl pro které jako podle také ve od být v a"},
    {"tr", "ve bir bu için ile olarak da olan daha gibi çok kadar"}};

/* Scripts of (mostly) one language, by their first and last code point. */
static const struct {
    const char *code;
    uint32_t first, last;
} scripts[] = {{"ru", 0x400, 0x4ff},   {"el", 0x370, 0x3ff},   {"ar", 0x600, 0x6ff},
               {"he", 0x590, 0x5ff},   {"hi", 0x900, 0x97f},   {"th", 0xe00, 0xe7f},
               {"ko", 0xac00, 0xd7a3}, {"ja", 0x3040, 0x30ff}, {"zh", 0x4e00, 0x9fff}};

enum { SCRIPTS = sizeof scripts / sizeof *scripts, JAPANESE = SCRIPTS - 2, CHINESE };

/* Where the word is, or belongs. */
static size_t slot_of(const language_words *words, uint64_t hash)
{
    size_t slot = (size_t)hash % LANGUAGE_SLOTS;
    while (words->hashes[slot] && words->hashes[slot] != hash)
        slot = (slot + 1) % LANGUAGE_SLOTS;
    return slot;
}

void language_words_init(language_words *words)
{
    memset(words, 0, sizeof *words);
    for (size_t i = 0; i < LANGUAGES; i++) {
        word_scan scan = {.text = view_of(languages[i].words)};
        while (word_scan_next(&scan)) {
            size_t slot = slot_of(words, scan.hash);
            words->hashes[slot] = scan.hash;
            words->languages[slot] |= (uint32_t)1 << i;
        }
    }
}

static void count_script(size_t *counts, ttag_view word)
{
    size_t length;
    uint32_t c = utf8_decode(word.bytes, word.size, &length);
    for (size_t i = 0; i < SCRIPTS; i++)
        counts[i] += c >= scripts[i].first && c <= scripts[i].last;
}

static size_t greatest(const size_t *counts, size_t n)
{
    size_t best = 0;
    for (size_t i = 1; i < n; i++)
        best = counts[i] > counts[best] ? i : best;
    return best;
}

const char *language_guess(const language_words *words, ttag_view text)
{
    size_t hits[LANGUAGES] = {0}, letters[SCRIPTS] = {0}, n = 0;
    word_scan scan = {.text = text};
    for (; n < WORDS_SEEN && word_scan_next(&scan); n++) {
        ttag_view word = {text.bytes + scan.start, scan.end - scan.start};
        if ((unsigned char)*word.bytes >= 0x80)
            count_script(letters, word);
        for (uint32_t of = words->languages[slot_of(words, scan.hash)]; of; of &= of - 1)
            hits[__builtin_ctz(of)]++;
    }
    size_t script = greatest(letters, SCRIPTS), language = greatest(hits, LANGUAGES);
    if (script == CHINESE && letters[JAPANESE] * 10 > letters[CHINESE])
        script = JAPANESE;
    if (letters[script] * 2 > n)
        return scripts[script].code;
    bool enough = hits[language] >= HITS_LEAST && hits[language] * SHARE >= n;
    return enough ? languages[language].code : "?";
}
