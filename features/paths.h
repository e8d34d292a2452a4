/* Paths of files on Windows and Unix. */
#ifndef FEATURES_PATHS_H
#define FEATURES_PATHS_H

#include "ttag/base.h"

/* End of the path whose first word lies from `at` to `word_end`, what stands before that word
   looked at as well: C:\Users\x, %AppData%\x, \\host\share, Temp\x.exe, /etc/passwd, ~/.ssh; 0:
   none begins there. */
size_t path_at(ttag_view text, size_t at, size_t word_end);

/* How many backslashes stand at `at`: one, or a few as escaped ones are written; 0: none. */
size_t backslashes_at(ttag_view text, size_t at);

/* End of the rest of a path: up to a quote, white space, or punctuation that no path has; but a
   blank belongs to it where what follows goes on to a backslash: Program Files\. */
size_t path_end(ttag_view text, size_t at);

#endif
