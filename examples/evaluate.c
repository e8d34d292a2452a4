/* Measures a model and names the tags it does worst: evaluate MODEL FEED */
#include <stdio.h>
#include <ttag/ttag.h>

static void print_figures(const ttag_evaluation *evaluation)
{
    static const char *const names[] = {"micro.f1", "macro.f1", "per_article.f1", "map", "ece"};
    printf("%zu articles, %zu tags\n", evaluation->documents, evaluation->n_tags);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        double value;
        if (ttag_evaluation_figure(evaluation, names[i], &value))
            printf("%-14s %.3f (%s is better)\n", names[i], value,
                   ttag_figure_rises(names[i]) ? "more" : "less");
    }
}

/* Tags that are carried by some article, but not once found. */
static void print_never_found(const ttag_evaluation *evaluation)
{
    for (size_t i = 0; i < evaluation->n_tags; i++) {
        const ttag_tag_scores *tag = &evaluation->tags[i];
        if (tag->support > 0 && tag->tp == 0)
            printf("never found: %.*s, in %zu articles\n", (int)tag->tag.size, tag->tag.bytes,
                   tag->support);
    }
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: evaluate MODEL FEED\n", stderr);
        return 2;
    }
    const char *feed = argv[2];
    ttag_model *model = NULL;
    ttag_reader *reader = NULL;
    ttag_evaluation *evaluation = NULL;
    ttag_error err;

    ttag_status status = ttag_model_open(&model, argv[1], &err);
    if (status == TTAG_OK)
        status = ttag_reader_open(&reader, &feed, 1, NULL, &err);
    if (status == TTAG_OK)
        status = ttag_evaluate(&evaluation, model, reader, NULL, &err);
    if (status == TTAG_OK) {
        print_figures(evaluation);
        print_never_found(evaluation);
    } else {
        char line[1024];
        ttag_error_format(&err, line, sizeof line);
        fprintf(stderr, "%s\n", line);
    }
    ttag_evaluation_free(evaluation);
    ttag_reader_free(reader);
    ttag_model_close(model);
    return status == TTAG_OK ? 0 : 1;
}
