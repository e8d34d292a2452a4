/* Learns from labelled articles, with options and messages: train_and_save FEED MODEL */
#include <stdio.h>
#include <ttag/ttag.h>

/* What the library has to say: refused records, blanket-tagged articles, dropped tags. */
static void say(void *payload, ttag_level level, const char *place, const char *text)
{
    (void)payload;
    if (level <= TTAG_WARNING)
        fprintf(stderr, "%s%s%s\n", place ? place : "", place ? ": " : "", text);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: train_and_save FEED MODEL\n", stderr);
        return 2;
    }
    const char *feed = argv[1];
    ttag_monitor monitor = {.message = say};
    ttag_reader *reader = NULL;
    ttag_trained *trained = NULL;
    ttag_error err;

    ttag_reader_opts reading = TTAG_READER_OPTS_INIT;
    reading.monitor = &monitor;
    ttag_train_opts training = TTAG_TRAIN_OPTS_INIT;
    training.min_docs = 5; /* drop tags that fewer articles carry */
    training.seed = 7;
    training.monitor = &monitor;

    ttag_status status = ttag_reader_open(&reader, &feed, 1, &reading, &err);
    if (status == TTAG_OK)
        status = ttag_train(&trained, reader, &training, &err);
    if (status == TTAG_OK)
        status = ttag_model_save(ttag_trained_parts(trained), argv[2], &err);
    if (status == TTAG_OK) {
        const ttag_train_counts *counts = ttag_trained_counts(trained);
        printf("%zu articles, %zu without labels, %zu refused\n", counts->used, counts->unlabelled,
               counts->refused);
        printf("%zu tags, %zu dropped\n", ttag_trained_parts(trained)->n_tags,
               counts->dropped_tags);
    } else {
        char line[1024];
        ttag_error_format(&err, line, sizeof line);
        fprintf(stderr, "%s\n", line);
    }
    ttag_trained_free(trained);
    ttag_reader_free(reader);
    return status == TTAG_OK ? 0 : 1;
}
