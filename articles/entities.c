/* What entities stand for: those of XML and of HTML 4 by name, all others by number. */
#include "articles/entities.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/code_point.h"

enum { LONGEST = 8, LAST_CODE_POINT = 0x10ffff };

typedef struct entity {
    const char *name;
    uint32_t code_point;
} entity;

/* In byte order of the names. */
static const entity entities[] = {
    {"AElig", 198},    {"Aacute", 193},  {"Acirc", 194},   {"Agrave", 192},  {"Alpha", 913},
    {"Aring", 197},    {"Atilde", 195},  {"Auml", 196},    {"Beta", 914},    {"Ccedil", 199},
    {"Chi", 935},      {"Dagger", 8225}, {"Delta", 916},   {"ETH", 208},     {"Eacute", 201},
    {"Ecirc", 202},    {"Egrave", 200},  {"Epsilon", 917}, {"Eta", 919},     {"Euml", 203},
    {"Gamma", 915},    {"Iacute", 205},  {"Icirc", 206},   {"Igrave", 204},  {"Iota", 921},
    {"Iuml", 207},     {"Kappa", 922},   {"Lambda", 923},  {"Mu", 924},      {"Ntilde", 209},
    {"Nu", 925},       {"OElig", 338},   {"Oacute", 211},  {"Ocirc", 212},   {"Ograve", 210},
    {"Omega", 937},    {"Omicron", 927}, {"Oslash", 216},  {"Otilde", 213},  {"Ouml", 214},
    {"Phi", 934},      {"Pi", 928},      {"Prime", 8243},  {"Psi", 936},     {"Rho", 929},
    {"Scaron", 352},   {"Sigma", 931},   {"THORN", 222},   {"Tau", 932},     {"Theta", 920},
    {"Uacute", 218},   {"Ucirc", 219},   {"Ugrave", 217},  {"Upsilon", 933}, {"Uuml", 220},
    {"Xi", 926},       {"Yacute", 221},  {"Yuml", 376},    {"Zeta", 918},    {"aacute", 225},
    {"acirc", 226},    {"acute", 180},   {"aelig", 230},   {"agrave", 224},  {"alefsym", 8501},
    {"alpha", 945},    {"amp", 38},      {"and", 8743},    {"ang", 8736},    {"apos", 39},
    {"aring", 229},    {"asymp", 8776},  {"atilde", 227},  {"auml", 228},    {"bdquo", 8222},
    {"beta", 946},     {"brvbar", 166},  {"bull", 8226},   {"cap", 8745},    {"ccedil", 231},
    {"cedil", 184},    {"cent", 162},    {"chi", 967},     {"circ", 710},    {"clubs", 9827},
    {"cong", 8773},    {"copy", 169},    {"crarr", 8629},  {"cup", 8746},    {"curren", 164},
    {"dArr", 8659},    {"dagger", 8224}, {"darr", 8595},   {"deg", 176},     {"delta", 948},
    {"diams", 9830},   {"divide", 247},  {"eacute", 233},  {"ecirc", 234},   {"egrave", 232},
    {"empty", 8709},   {"emsp", 8195},   {"ensp", 8194},   {"epsilon", 949}, {"equiv", 8801},
    {"eta", 951},      {"eth", 240},     {"euml", 235},    {"euro", 8364},   {"exist", 8707},
    {"fnof", 402},     {"forall", 8704}, {"frac12", 189},  {"frac14", 188},  {"frac34", 190},
    {"frasl", 8260},   {"gamma", 947},   {"ge", 8805},     {"gt", 62},       {"hArr", 8660},
    {"harr", 8596},    {"hearts", 9829}, {"hellip", 8230}, {"iacute", 237},  {"icirc", 238},
    {"iexcl", 161},    {"igrave", 236},  {"image", 8465},  {"infin", 8734},  {"int", 8747},
    {"iota", 953},     {"iquest", 191},  {"isin", 8712},   {"iuml", 239},    {"kappa", 954},
    {"lArr", 8656},    {"lambda", 955},  {"lang", 9001},   {"laquo", 171},   {"larr", 8592},
    {"lceil", 8968},   {"ldquo", 8220},  {"le", 8804},     {"lfloor", 8970}, {"lowast", 8727},
    {"loz", 9674},     {"lrm", 8206},    {"lsaquo", 8249}, {"lsquo", 8216},  {"lt", 60},
    {"macr", 175},     {"mdash", 8212},  {"micro", 181},   {"middot", 183},  {"minus", 8722},
    {"mu", 956},       {"nabla", 8711},  {"nbsp", 160},    {"ndash", 8211},  {"ne", 8800},
    {"ni", 8715},      {"not", 172},     {"notin", 8713},  {"nsub", 8836},   {"ntilde", 241},
    {"nu", 957},       {"oacute", 243},  {"ocirc", 244},   {"oelig", 339},   {"ograve", 242},
    {"oline", 8254},   {"omega", 969},   {"omicron", 959}, {"oplus", 8853},  {"or", 8744},
    {"ordf", 170},     {"ordm", 186},    {"oslash", 248},  {"otilde", 245},  {"otimes", 8855},
    {"ouml", 246},     {"para", 182},    {"part", 8706},   {"permil", 8240}, {"perp", 8869},
    {"phi", 966},      {"pi", 960},      {"piv", 982},     {"plusmn", 177},  {"pound", 163},
    {"prime", 8242},   {"prod", 8719},   {"prop", 8733},   {"psi", 968},     {"quot", 34},
    {"rArr", 8658},    {"radic", 8730},  {"rang", 9002},   {"raquo", 187},   {"rarr", 8594},
    {"rceil", 8969},   {"rdquo", 8221},  {"real", 8476},   {"reg", 174},     {"rfloor", 8971},
    {"rho", 961},      {"rlm", 8207},    {"rsaquo", 8250}, {"rsquo", 8217},  {"sbquo", 8218},
    {"scaron", 353},   {"sdot", 8901},   {"sect", 167},    {"shy", 173},     {"sigma", 963},
    {"sigmaf", 962},   {"sim", 8764},    {"spades", 9824}, {"sub", 8834},    {"sube", 8838},
    {"sum", 8721},     {"sup", 8835},    {"sup1", 185},    {"sup2", 178},    {"sup3", 179},
    {"supe", 8839},    {"szlig", 223},   {"tau", 964},     {"there4", 8756}, {"theta", 952},
    {"thetasym", 977}, {"thinsp", 8201}, {"thorn", 254},   {"tilde", 732},   {"times", 215},
    {"trade", 8482},   {"uArr", 8657},   {"uacute", 250},  {"uarr", 8593},   {"ucirc", 251},
    {"ugrave", 249},   {"uml", 168},     {"upsih", 978},   {"upsilon", 965}, {"uuml", 252},
    {"weierp", 8472},  {"xi", 958},      {"yacute", 253},  {"yen", 165},     {"yuml", 255},
    {"zeta", 950},     {"zwj", 8205},    {"zwnj", 8204}};

static int compare_name(const void *name, const void *row)
{
    return strcmp(name, ((const entity *)row)->name);
}

static uint32_t by_name(ttag_view name)
{
    char key[LONGEST + 1];
    if (name.size == 0 || name.size > LONGEST)
        return 0;
    memcpy(key, name.bytes, name.size);
    key[name.size] = '\0';
    const entity *found =
        bsearch(key, entities, sizeof entities / sizeof *entities, sizeof *entities, compare_name);
    return found ? found->code_point : 0;
}

enum { FIRST_CONTROL = 0x80, BEHIND_CONTROLS = 0xa0 };

/* What pages mean by numbers that Unicode has for controls: bytes of windows-1252, as HTML says
   ("numeric character reference end state"); 0 where that has none. */
static const uint16_t windows[BEHIND_CONTROLS - FIRST_CONTROL] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

/* "65", "x41"; 0: none. */
static uint32_t by_number(ttag_view digits)
{
    const bool is_hex = digits.size && (digits.bytes[0] | 0x20) == 'x';
    uint32_t number = 0;
    for (size_t i = is_hex; i < digits.size; i++) {
        int value = hex_digit(digits.bytes[i]);
        if (value < 0 || value >= (is_hex ? 16 : 10))
            return 0;
        number = number > LAST_CODE_POINT ? number : number * (is_hex ? 16 : 10) + (uint32_t)value;
    }
    if (digits.size == (size_t)is_hex)
        return 0;
    if (number >= FIRST_CONTROL && number < BEHIND_CONTROLS && windows[number - FIRST_CONTROL])
        return windows[number - FIRST_CONTROL];
    bool is_text = number >= 0x20 || number == '\t' || number == '\n' || number == '\r';
    bool is_surrogate = number >= 0xd800 && number <= 0xdfff;
    if (!is_text || is_surrogate || number > LAST_CODE_POINT ||
        (number >= 0x7f && number < BEHIND_CONTROLS))
        return 0xfffd;
    return number;
}

static void put_code_point(buffer *out, uint32_t c)
{
    char bytes[CODE_POINT_MOST];
    buffer_put(out, bytes, (size_t)(code_point_put(bytes, c) - bytes));
}

/* Bytes of the entity that `text`, which begins with '&', begins with; 0: it is none. */
static size_t put_entity(buffer *out, ttag_view text)
{
    enum { FURTHEST = 12 };
    size_t most = text.size < FURTHEST ? text.size : FURTHEST;
    const char *end = memchr(text.bytes, ';', most);
    if (!end)
        return 0;
    size_t size = (size_t)(end - text.bytes) - 1;
    ttag_view name = {text.bytes + 1, size};
    uint32_t c = size > 1 && name.bytes[0] == '#' ? by_number((ttag_view){name.bytes + 1, size - 1})
                                                  : by_name(name);
    if (c == 0)
        return 0;
    put_code_point(out, c);
    return size + 2;
}

void put_without_entities(buffer *out, ttag_view text)
{
    while (text.size) {
        const char *mark = memchr(text.bytes, '&', text.size);
        size_t plain = mark ? (size_t)(mark - text.bytes) : text.size;
        buffer_put(out, text.bytes, plain);
        text = (ttag_view){text.bytes + plain, text.size - plain};
        if (text.size == 0)
            return;
        size_t size = put_entity(out, text);
        if (size == 0)
            buffer_put(out, text.bytes, size = 1);
        text = (ttag_view){text.bytes + size, text.size - size};
    }
}
