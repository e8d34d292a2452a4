/* Categories, case and normal forms, from utf8proc's tables. */
#include "features/unicode.h"

#include <utf8proc.h>

enum { CAPITAL_I_WITH_DOT = 0x130 };

static bool within(uint32_t c, uint32_t first, uint32_t last)
{
    return c >= first && c <= last;
}

char_kind char_kind_of(uint32_t c)
{
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return CHAR_LETTER;
    case UTF8PROC_CATEGORY_LO:
        return CHAR_UNCASED;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
        return CHAR_MARK;
    case UTF8PROC_CATEGORY_CF:
        if (c == 0xad || c == 0x200c || c == 0x200d || c == 0x2060 || c == 0xfeff)
            return CHAR_JOINER;
        return CHAR_OTHER;
    default:
        return CHAR_OTHER;
    }
}

/* Lowercase or Uppercase or Lt; what is neither L nor M among them is listed by hand. Those in Lm
   and Mn are ignorable as well, and ignoring comes first. */
bool char_is_cased(uint32_t c)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LL ||
           category == UTF8PROC_CATEGORY_LT || c == 0xaa || c == 0xba || /* ª º */
           within(c, 0x2160, 0x217f) ||                                  /* Roman numerals */
           within(c, 0x24b6, 0x24e9) || within(c, 0x1f130, 0x1f149) || /* letters in circles … */
           within(c, 0x1f150, 0x1f169) || within(c, 0x1f170, 0x1f189); /* … and squares */
}

/* Mn, Me, Cf, Lm, Sk, and what may stand within a word: Word_Break = MidLetter, MidNumLet or
   Single_Quote. */
bool char_is_case_ignorable(uint32_t c)
{
    static const uint16_t within_words[] = {0x27,   0x2e,   0x3a,   0xb7,   0x387,  0x55f,
                                            0x5f4,  0x2018, 0x2019, 0x2024, 0x2027, 0xfe13,
                                            0xfe52, 0xfe55, 0xff07, 0xff0e, 0xff1a};
    for (size_t i = 0; i < sizeof within_words / sizeof *within_words; i++)
        if (c == within_words[i])
            return true;
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_SK:
        return true;
    default:
        return false;
    }
}

uint32_t char_lower(uint32_t c)
{
    return c == CAPITAL_I_WITH_DOT ? 'i' : (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

size_t char_encode(char *out, uint32_t c)
{
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)c, (utf8proc_uint8_t *)out);
}

size_t chars_fold(int32_t out[FOLD_OUT], const char *bytes, size_t size)
{
    const utf8proc_option_t how =
        UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    utf8proc_ssize_t n = utf8proc_decompose((const utf8proc_uint8_t *)bytes, (utf8proc_ssize_t)size,
                                            out, FOLD_OUT, how);
    if (n <= 0 || n > FOLD_OUT)
        return 0;
    n = utf8proc_normalize_utf32(out, n, how);
    return n > 0 ? (size_t)n : 0;
}
