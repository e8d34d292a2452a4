/* What a path begins with is looked at within bounds; the rest of it is read once. */
#include "features/paths.h"

#include <string.h>

#include "articles/utf8.h"
#include "features/file_names.h"
#include "features/lookahead.h"
#include "features/registry.h"
#include "features/unicode.h"

enum { SLASHES_MOST = 4, ROOT_MOST = 96, FOLDER_WORD_MOST = 32, VARIABLE_SHORTEST = 3 };

static bool is_one_of(unsigned char c, const char *set)
{
    return c != 0 && strchr(set, c) != NULL;
}

static unsigned char byte_before(ttag_view text, size_t at)
{
    return at > 0 ? byte_at(text, at - 1) : 0;
}

/* A letter, a number or a mark ends at `at`. */
static bool word_before(ttag_view text, size_t at)
{
    size_t start = at, length;
    while (start > 0 && at - start < CHAR_SIZE) {
        start--;
        if (((unsigned char)text.bytes[start] & 0xc0) != 0x80)
            break;
    }
    if (start == at)
        return false;
    unsigned char c = byte_at(text, start);
    if (c < 0x80)
        return ascii_word[c];
    char_kind kind = char_kind_of(utf8_decode(text.bytes + start, at - start, &length));
    return kind != CHAR_OTHER && kind != CHAR_UNCASED;
}

/* Where a folder or a file may begin, behind a separator. */
static bool name_begins(ttag_view text, size_t at)
{
    unsigned char c = byte_at(text, at);
    if (c == '.')
        return ascii_word[byte_at(text, at + 1)];
    return ascii_word[c] || c >= 0x80 || is_one_of(c, "%$<{[*~");
}

size_t backslashes_at(ttag_view text, size_t at)
{
    size_t n = 0;
    while (n < SLASHES_MOST && byte_at(text, at + n) == '\\')
        n++;
    return n;
}

/* ---- Where it ends. ---- */

/* The name of a folder goes on behind the blank at `at`: a word and a backslash follow. */
static bool name_goes_on(ttag_view text, size_t at)
{
    size_t word = at + 1, end = word;
    if (byte_at(text, at) != ' ')
        return false;
    if (letters_at(text, word, "(x86)\\") || letters_at(text, word, "and settings\\") ||
        letters_at(text, word, "files (x86)\\"))
        return true;
    while (end - word < FOLDER_WORD_MOST && ascii_word[byte_at(text, end)])
        end++;
    return end > word && byte_at(text, end) == '\\' && !is_registry_root(text, word, end);
}

size_t path_end(ttag_view text, size_t at)
{
    bool dotted = false, backslash = at > 0 && byte_before(text, at) == '\\';
    while (at < text.size) {
        unsigned char c = byte_at(text, at);
        size_t length = 1;
        if (c <= ' ' || c == 0x7f) {
            if (dotted || !backslash || !name_goes_on(text, at))
                break;
        } else if (is_one_of(c, "\"'`,;:|&")) {
            break;
        } else if (c >= 0x80 && char_kind_of(utf8_decode(text.bytes + at, text.size - at,
                                                         &length)) == CHAR_OTHER) {
            break;
        }
        backslash = backslash || c == '\\';
        dotted = c == '.' || (dotted && c != '\\');
        at += length;
    }
    return at;
}

/* ---- Windows. ---- */

/* C:\x, and C:/x, which is no URL. */
static size_t behind_drive(ttag_view text, size_t at, size_t word_end)
{
    if (word_end - at != 1 || !is_letter(byte_at(text, at)) || byte_at(text, word_end) != ':')
        return 0;
    size_t slashes = backslashes_at(text, word_end + 1);
    if (byte_at(text, word_end + 1) == '/')
        slashes = 1;
    size_t name = word_end + 1 + slashes;
    return slashes && name_begins(text, name) ? name : 0;
}

/* %AppData%, %ProgramFiles(x86)%, $env:TEMP, $HOME/x. */
static size_t behind_variable(ttag_view text, size_t at, size_t word_end)
{
    unsigned char sign = byte_before(text, at), next = byte_at(text, word_end);
    if (sign == '%' && !word_before(text, at - 1) && word_end - at >= VARIABLE_SHORTEST &&
        is_letter(byte_at(text, at))) {
        size_t end = word_end + (letters_at(text, word_end, "(x86)") ? strlen("(x86)") : 0);
        return byte_at(text, end) == '%' ? end + 1 : 0;
    }
    if (sign != '$')
        return 0;
    bool variable = (letters_at(text, at, "env:") && is_letter(byte_at(text, word_end + 1))) ||
                    (letters_at(text, at, "home") && word_end - at == 4 && next == '/');
    return variable ? word_end + 1 : 0;
}

/* How many backslashes, and only these, stand before `at`; no word, drive or other backslash before
   them. */
static size_t leading_backslashes(ttag_view text, size_t at)
{
    size_t n = 0;
    while (n <= SLASHES_MOST && n < at && byte_at(text, at - n - 1) == '\\')
        n++;
    return n > SLASHES_MOST || word_before(text, at - n) || byte_before(text, at - n) == ':' ? 0
                                                                                             : n;
}

/* End of the name at `at`: letters, digits, and dots and dashes between them. */
static size_t name_end(ttag_view text, size_t at)
{
    while (ascii_word[byte_at(text, at)] ||
           (is_one_of(byte_at(text, at), ".-+~%@=") && ascii_word[byte_at(text, at + 1)]))
        at++;
    return at;
}

/* \\host\share and \\.\pipe\x. */
static size_t behind_host(ttag_view text, size_t at)
{
    size_t named = at;
    if (at >= 2 && byte_at(text, at - 1) == '\\' && is_one_of(byte_at(text, at - 2), ".?"))
        named = at - 2;
    if (leading_backslashes(text, named) < 2)
        return 0;
    if (named < at)
        return at;
    size_t end = name_end(text, at), slashes = backslashes_at(text, end);
    return slashes && name_begins(text, end + slashes) ? end + slashes : 0;
}

/* x90: a byte as C writes it. */
static bool is_byte(ttag_view text, size_t at, size_t word_end)
{
    return word_end - at == 3 && letters_at(text, at, "x") && is_hex(byte_at(text, at + 1)) &&
           is_hex(byte_at(text, at + 2));
}

/* Two folders or more, or a folder and a file: Temp\x.exe, \Windows\Temp; not DOMAIN\user, nor what
   \r\n stands in for. */
static size_t behind_folders(ttag_view text, size_t at, size_t word_end)
{
    size_t slashes = backslashes_at(text, word_end), second = word_end + slashes;
    size_t end = slashes ? ascii_word_end(text, second) : 0, file;
    if (end <= second || word_end - at < 2 || is_digit(byte_at(text, at)) ||
        is_byte(text, at, word_end) || is_registry_root(text, second, end))
        return 0;
    if (file_name_at(text, end, &file))
        return second;
    if (end - second < 2)
        return 0;
    size_t behind = name_end(text, end), more = backslashes_at(text, behind);
    bool third = more && name_begins(text, behind + more);
    return third || leading_backslashes(text, at) > 0 ? second : 0;
}

/* ---- Unix. ---- */

/* Where the dots, tildes and slashes before `at` begin; `at`: none, or not those of a path. */
static size_t root_before(ttag_view text, size_t at)
{
    size_t start = at;
    while (start > 0 && at - start < ROOT_MOST && is_one_of(byte_before(text, start), "./~"))
        start--;
    if (at - start == ROOT_MOST || word_before(text, start) ||
        is_one_of(byte_before(text, start), "<)]}%\\"))
        return at;
    for (size_t i = start; i + 1 < at; i++)
        if (text.bytes[i] == '/' && text.bytes[i + 1] == '/')
            return at;
    bool last = byte_before(text, at) == '/' ||
                (byte_before(text, at) == '.' && byte_before(text, at - 1) == '/');
    return last ? start : at;
}

/* Folders under / that are named alone as well. */
static bool is_top_folder(ttag_view text, size_t at, size_t word_end)
{
    static const char *const folders[] = {"bin",  "dev",  "etc",  "home", "lib", "mnt", "opt",
                                          "proc", "root", "sbin", "sys",  "tmp", "usr", "var"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (word_end - at == strlen(folders[i]) && letters_at(text, at, folders[i]))
            return true;
    return false;
}

/* From / two names or more, or a file; one name from ~/, ./ and ../ */
static size_t behind_root(ttag_view text, size_t at, size_t word_end)
{
    size_t start = root_before(text, at);
    if (start == at)
        return 0;
    if (text.bytes[start] != '/')
        return word_end;
    if (is_digit(byte_at(text, at)))
        return 0;
    size_t file, end = name_end(text, word_end);
    bool two = end >= at + 2 && byte_at(text, end) == '/' && name_begins(text, end + 1);
    return two || file_name_at(text, word_end, &file) ||
                   (end == word_end && is_top_folder(text, at, word_end) && word_ends(text, end))
               ? end
               : 0;
}

size_t path_at(ttag_view text, size_t at, size_t word_end)
{
    size_t behind = behind_drive(text, at, word_end);
    if (!behind)
        behind = behind_variable(text, at, word_end);
    if (!behind)
        behind = behind_host(text, at);
    if (!behind)
        behind = behind_folders(text, at, word_end);
    if (!behind)
        behind = behind_root(text, at, word_end);
    return behind ? path_end(text, behind) : 0;
}
