/* Articles that have nothing to do with each other but common words and stock phrases, and copies
   of some with one word in ten changed: make_articles N COPIES SEED. JSON Lines; article k has the
   id "k", its copy the id "k copy". */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"

enum { VOCABULARY = 30000, STOCK = 200, STOCK_WORDS = 8, LEAST = 60, MOST = 340, CHANGED = 10 };

/* Zipf's law: the word of rank r is drawn with a probability of about 1 / r. */
static uint32_t draw(rng *random)
{
    double u = (double)(rng_next(random) >> 11) / 9007199254740992.0;
    return (uint32_t)pow(VOCABULARY, u) - 1;
}

static size_t write_article(uint32_t *words, rng *random)
{
    size_t n = LEAST + rng_below(random, MOST - LEAST);
    for (size_t i = 0; i < n; i++)
        words[i] = draw(random);
    for (int k = 0; k < 2; k++) { /* phrases that many use */
        rng stock;
        rng_seed(&stock, rng_below(random, STOCK));
        size_t at = rng_below(random, n - STOCK_WORDS);
        for (size_t i = 0; i < STOCK_WORDS; i++)
            words[at + i] = draw(&stock);
    }
    return n;
}

/* Another word in every place drawn, of n / CHANGED. */
static void change(uint32_t *words, size_t n, rng *random)
{
    uint32_t places[MOST];
    for (uint32_t i = 0; i < n; i++)
        places[i] = i;
    rng_shuffle(random, places, n);
    for (size_t i = 0; i < n / CHANGED; i++)
        words[places[i]] = (words[places[i]] + 1 + draw(random)) % VOCABULARY;
}

static void print(size_t number, const char *what, const uint32_t *words, size_t n)
{
    printf("{\"id\":\"%zu%s\",\"text\":\"", number, what);
    for (size_t i = 0; i < n; i++)
        printf("%s%" PRIx32 "%c", i ? " " : "", words[i], 'g' + (char)(words[i] % 16));
    puts("\",\"tags\":[]}");
}

int main(int argc, char **argv)
{
    uint32_t words[MOST];
    rng random;
    if (argc != 4)
        return 2;
    size_t n_articles = strtoul(argv[1], NULL, 10), n_copies = strtoul(argv[2], NULL, 10);
    rng_seed(&random, strtoul(argv[3], NULL, 10));
    for (size_t i = 0; i < n_articles; i++) {
        size_t n = write_article(words, &random);
        print(i, "", words, n);
        if (i < n_copies) {
            change(words, n, &random);
            print(i, " copy", words, n);
        }
    }
    return 0;
}
