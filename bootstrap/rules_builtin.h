/* datasets/rules.json as bytes; made by cmake/embed.cmake. */
#ifndef BOOTSTRAP_RULES_BUILTIN_H
#define BOOTSTRAP_RULES_BUILTIN_H

#include <stddef.h>

extern const char rules_builtin[];
extern const size_t rules_builtin_size;

#endif
