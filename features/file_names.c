/* Programs, documents, archives and scripts. Left out are extensions that more often end something
   else: com, js (Node.js), net, app, and those of one letter. */
#include "features/file_names.h"

#include <stdlib.h>
#include <string.h>

#include "features/lookahead.h"

enum { EXTENSION_SIZE = 6 };

/* In byte order. */
static const char extensions[][EXTENSION_SIZE] = {
    "7z",   "ace",  "apk",  "asp",  "aspx",  "bak", "bat",  "bin",  "bmp",  "cab",  "cfg", "cgi",
    "chm",  "cmd",  "conf", "cpl",  "cpp",   "csv", "dat",  "dex",  "dll",  "dmg",  "dmp", "doc",
    "docm", "docx", "dotm", "drv",  "dylib", "elf", "eml",  "evtx", "exe",  "gif",  "gz",  "hta",
    "htm",  "html", "hwp",  "ico",  "img",   "inf", "ini",  "iso",  "jar",  "jpeg", "jpg", "jse",
    "json", "jsp",  "jspx", "key",  "lnk",   "log", "msg",  "msi",  "ocx",  "odt",  "pdb", "pdf",
    "pem",  "php",  "pif",  "pkg",  "plist", "png", "ppam", "ppt",  "pptm", "pptx", "ps1", "psd1",
    "psm1", "py",   "pyc",  "rar",  "rtf",   "scr", "sct",  "sh",   "so",   "sql",  "swf", "sys",
    "tar",  "tgz",  "tmp",  "txt",  "vbe",   "vbs", "vhd",  "vhdx", "vmdk", "war",  "wsf", "xll",
    "xls",  "xlsb", "xlsm", "xlsx", "xml",   "xsl", "xz",   "zip"};

static int compare(const void *key, const void *extension)
{
    return strcmp(key, extension);
}

static bool is_extension(ttag_view text, size_t at, size_t end)
{
    char lower[EXTENSION_SIZE] = {0};
    if (end - at >= EXTENSION_SIZE)
        return false;
    for (size_t i = 0; at + i < end; i++)
        lower[i] = (char)ascii_word[byte_at(text, at + i)];
    return bsearch(lower, extensions, sizeof extensions / EXTENSION_SIZE, EXTENSION_SIZE,
                   compare) != NULL;
}

bool file_name_at(ttag_view text, size_t word_end, size_t *end)
{
    size_t at = word_end, last = 0; /* where the last label begins; 0: there is no dot */
    for (;;) {
        unsigned char next = byte_at(text, at);
        bool joins = next == '.' || next == '-';
        if (!ascii_word[next] && !(joins && ascii_word[byte_at(text, at + 1)]))
            break;
        at++;
        if (joins)
            last = next == '.' ? at : 0;
    }
    *end = at;
    return last > 0 && word_ends(text, at) && is_extension(text, last, at);
}
