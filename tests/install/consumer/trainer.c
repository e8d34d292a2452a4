/* What a stranger would write: trainer FEED prints how many tags were learnt. */
#include <stdio.h>
#include <ttag/ttag.h>

int main(int argc, char **argv)
{
    const char *feed = argc == 2 ? argv[1] : "-";
    ttag_reader *reader = NULL;
    ttag_trained *trained = NULL;
    ttag_error err;
    bool ok = ttag_reader_open(&reader, &feed, 1, NULL, &err) == TTAG_OK &&
              ttag_train(&trained, reader, NULL, &err) == TTAG_OK;
    if (ok)
        printf("%zu tags\n", ttag_trained_parts(trained)->n_tags);
    ttag_trained_free(trained);
    ttag_reader_free(reader);
    return ok ? 0 : 1;
}
