/* datasets/taxonomy.json, made part of the library by cmake/embed.cmake. Not terminated. */
#ifndef ARTICLES_TAXONOMY_BUILTIN_H
#define ARTICLES_TAXONOMY_BUILTIN_H

#include <stddef.h>

extern const char taxonomy_builtin[];
extern const size_t taxonomy_builtin_size;

#endif
