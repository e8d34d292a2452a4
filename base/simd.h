/* Loops that the compiler makes for several kinds of CPU, chosen when the program starts. The loops
   run over lanes that do not touch each other, and nothing is fused (-ffp-contract=off): every
   choice computes the same bytes. */
#ifndef BASE_SIMD_H
#define BASE_SIMD_H

/* The choice is made by a resolver that runs before a sanitizer is ready. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) &&                             \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define SIMD_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define SIMD_CLONES
#endif

#endif
