/* The examples in the public headers, word for word, each with what it takes for granted. */
#include <stdio.h>
#include <string.h>

#include "ttag/ttag.h"

void example_base(ttag_error err);
void example_taxonomy(ttag_error err);
void example_articles(ttag_error err);
void example_boilerplate(ttag_article article, ttag_error err);
void example_passages(ttag_article article);
ttag_features *example_features(ttag_reader *reader, ttag_error err);
void example_model(ttag_error err);
void example_train(ttag_reader *reader, ttag_error err);
void example_classify(const ttag_model *model, const ttag_article *given, ttag_error err);
void example_database(const ttag_model *model, ttag_reader *reader, ttag_error err);
void example_evaluate(const ttag_model *model, ttag_reader *reader, ttag_error err);
void example_unknown(ttag_error err);
void example_shrink(const ttag_model *model, ttag_reader *feed, ttag_error err);
int example_calibrate(const ttag_model *model, ttag_reader *reader, ttag_workspace *work,
                      ttag_error err);
void example_crossval(ttag_reader *reader, ttag_error err);
void example_curve(ttag_reader *reader, ttag_error err);
void example_pick(const ttag_model *model, ttag_reader *reader, ttag_error err);
void example_audit(ttag_reader *reader, ttag_error err);
void example_import(ttag_error err);
void example_rules(ttag_error err);
void example_compare(const ttag_model *old_model, const ttag_model *new_model, ttag_reader *reader,
                     ttag_error err);

static void use(ttag_view name, float probability)
{
    printf("%.*s %g\n", (int)name.size, name.bytes, (double)probability);
}

void example_base(ttag_error err)
{
    char line[1024];
    if (strcmp(ttag_version(), TTAG_VERSION) != 0)
        printf("built for %s, runs with %s\n", TTAG_VERSION, ttag_version());
    ttag_error_format(&err, line, sizeof line);
}

void example_taxonomy(ttag_error err)
{
    ttag_taxonomy *taxonomy;
    if (ttag_taxonomy_new_builtin(&taxonomy, &err) == TTAG_OK) {
        for (size_t i = 0; i < ttag_taxonomy_size(taxonomy); i++) {
            ttag_view name = ttag_taxonomy_tag(taxonomy, i)->name;
            printf("%.*s\n", (int)name.size, name.bytes);
        }
        ttag_taxonomy_free(taxonomy);
    }
}

void example_articles(ttag_error err)
{
    ttag_reader *reader;
    ttag_article article;
    const char *feed = "feed.jsonl";
    if (ttag_reader_open(&reader, &feed, 1, NULL, &err) == TTAG_OK) {
        while (ttag_reader_next(reader, &article, &err) == TTAG_OK)
            printf("%.*s\n", (int)article.title.size, article.title.bytes);
        ttag_reader_free(reader);
    }
}

void example_boilerplate(ttag_article article, ttag_error err)
{
    ttag_boilerplate_finder *finder;
    ttag_boilerplate what = TTAG_BOILERPLATE_INIT;
    if (ttag_boilerplate_finder_new(&finder, &what, &err) == TTAG_OK &&
        ttag_boilerplate_find(finder, &article, &err) == TTAG_OK)
        printf("%zu spans are passed over\n", article.n_dropped);
    ttag_boilerplate_finder_free(finder);
}

void example_passages(ttag_article article)
{
    ttag_splitter splitter = ttag_split(article.text, TTAG_UNIT_SENTENCE);
    ttag_passage passage;
    while (ttag_split_next(&splitter, &passage))
        printf("%zu %.*s\n", passage.first, (int)passage.text.size, passage.text.bytes);
}

ttag_features *example_features(ttag_reader *reader, ttag_error err)
{
    ttag_extractor *extractor;
    ttag_features *features = NULL;
    ttag_article article;
    ttag_text_opts opts = TTAG_TEXT_OPTS_BEST;
    ttag_status status = ttag_extractor_new(&extractor, &opts, &err);
    while (status == TTAG_OK && ttag_reader_next(reader, &article, &err) == TTAG_OK)
        status = ttag_extractor_add(extractor, &article, &err);
    if (status == TTAG_OK && ttag_extractor_finish(&features, extractor, &err) == TTAG_OK)
        printf("%zu terms\n", ttag_features_matrix(features)->n_columns);
    ttag_extractor_free(extractor);
    return features;
}

void example_model(ttag_error err)
{
    ttag_model *model;
    if (ttag_model_open(&model, "security.ttag", &err) == TTAG_OK) {
        if (ttag_model_verify(model, &err) == TTAG_OK)
            printf("%zu tags\n", ttag_model_get(model)->n_tags);
        ttag_model_close(model);
    }
}

void example_train(ttag_reader *reader, ttag_error err)
{
    ttag_trained *trained;
    ttag_train_opts opts = TTAG_TRAIN_OPTS_INIT;
    opts.seed = 7;
    if (ttag_train(&trained, reader, &opts, &err) == TTAG_OK &&
        ttag_model_save(ttag_trained_parts(trained), "security.ttag", &err) == TTAG_OK)
        printf("%zu articles\n", ttag_trained_counts(trained)->used);
    ttag_trained_free(trained);
}

int example_calibrate(const ttag_model *model, ttag_reader *reader, ttag_workspace *work,
                      ttag_error err)
{
    ttag_status status;
    ttag_article article;
    ttag_classification result;
    ttag_calibrator *calibrator;
    if (ttag_calibrator_new(&calibrator, ttag_model_get(model), NULL, &err) != TTAG_OK)
        return 1;
    while ((status = ttag_reader_next(reader, &article, &err)) == TTAG_OK)
        if (ttag_classify(work, &result, &article, &err) != TTAG_OK ||
            ttag_calibrator_add(calibrator, &article, result.scores, &err) != TTAG_OK)
            break;
    if (status == TTAG_END && ttag_calibrator_finish(calibrator, &err) == TTAG_OK)
        status = ttag_model_save(ttag_calibrator_parts(calibrator), "there.ttag", &err);
    ttag_calibrator_free(calibrator);
    return status != TTAG_OK;
}

void example_classify(const ttag_model *model, const ttag_article *given, ttag_error err)
{
    const ttag_model_parts *parts = ttag_model_get(model);
    ttag_article article = *given;
    ttag_workspace *work;
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    ttag_classification result;
    if (ttag_workspace_new(&work, model, &opts, &err) == TTAG_OK &&
        ttag_classify(work, &result, &article, &err) == TTAG_OK)
        for (size_t i = 0; i < result.n_given; i++)
            use(parts->tags[result.given[i].tag].name, result.given[i].probability);
    ttag_workspace_free(work);
}

void example_database(const ttag_model *model, ttag_reader *reader, ttag_error err)
{
    ttag_database_opts opts = TTAG_DATABASE_OPTS_INIT;
    ttag_classify_counts counts;
    opts.run = "news";
    ttag_classify_into_database(model, reader, "news.db", &opts, NULL, &counts, &err);
}

void example_evaluate(const ttag_model *model, ttag_reader *reader, ttag_error err)
{
    ttag_evaluation *evaluation;
    if (ttag_evaluate(&evaluation, model, reader, NULL, &err) == TTAG_OK) {
        printf("micro-F1 %.3f\n", evaluation->micro.f1);
        ttag_evaluation_free(evaluation);
    }
}

void example_unknown(ttag_error err)
{
    ttag_evaluate_opts opts = TTAG_EVALUATE_OPTS_INIT;
    ttag_unknown_rules *rules;
    if (ttag_unknown_rules_new(&rules, &err) == TTAG_OK &&
        ttag_unknown_rules_add(rules, "source=kev:Threats*", &err) == TTAG_OK &&
        ttag_unknown_rules_add(rules, "file=nvd-*.jsonl.gz:*", &err) == TTAG_OK)
        opts.unknown_where = rules;
    printf("%zu rules\n", ttag_unknown_rules_count(opts.unknown_where));
    ttag_unknown_rules_free(rules);
}

void example_shrink(const ttag_model *model, ttag_reader *feed, ttag_error err)
{
    ttag_shrunk done;
    ttag_shrink_opts opts = TTAG_SHRINK_OPTS_INIT;
    if (ttag_model_shrink(&done, model, feed, "small.ttag", &opts, &err) == TTAG_OK && done.saved)
        printf("micro-F1 %.4f, was %.4f\n", done.after.micro_f1, done.before.micro_f1);
}

void example_crossval(ttag_reader *reader, ttag_error err)
{
    ttag_crossval_opts opts = TTAG_CROSSVAL_OPTS_INIT;
    ttag_crossval *found;
    if (ttag_crossvalidate(&found, reader, &opts, &err) == TTAG_OK) {
        printf("%zu models, micro-F1 %.3f\n", found->n_folds, found->pooled->micro.f1);
        ttag_crossval_free(found);
    }
}

void example_audit(ttag_reader *reader, ttag_error err)
{
    ttag_audit *audit;
    if (ttag_audit_feed(&audit, reader, NULL, &err) == TTAG_OK) {
        printf("%zu articles, %zu of them copies\n", audit->n_articles, audit->copies);
        ttag_audit_free(audit);
    }
}

void example_import(ttag_error err)
{
    ttag_mapping *mapping;
    const char *published = "known_exploited_vulnerabilities.json";
    ttag_import_counts counts;
    if (ttag_mapping_new_builtin(&mapping, "kev", &err) == TTAG_OK) {
        if (ttag_import(stdout, mapping, &published, 1, NULL, &counts, &err) != TTAG_OK)
            fprintf(stderr, "%s\n", err.text);
        ttag_mapping_free(mapping);
    }
}

void example_rules(ttag_error err)
{
    ttag_rules *rules;
    ttag_reader *reader;
    const char *feed = "feed.jsonl";
    if (ttag_rules_new_builtin(&rules, NULL, &err) == TTAG_OK) {
        if (ttag_reader_open(&reader, &feed, 1, NULL, &err) == TTAG_OK) {
            if (ttag_bootstrap(stdout, rules, reader, NULL, NULL, &err) != TTAG_OK)
                fprintf(stderr, "%s\n", err.text);
            ttag_reader_free(reader);
        }
        ttag_rules_free(rules);
    }
}

void example_compare(const ttag_model *old_model, const ttag_model *new_model, ttag_reader *reader,
                     ttag_error err)
{
    ttag_comparison *found;
    if (ttag_compare(&found, old_model, new_model, reader, NULL, &err) == TTAG_OK) {
        printf("micro-F1 %+.3f, p = %.3f\n", found->micro.f1.b - found->micro.f1.a,
               found->micro.f1.p);
        ttag_comparison_free(found);
    }
}

void example_pick(const ttag_model *model, ttag_reader *reader, ttag_error err)
{
    ttag_picks *picks;
    if (ttag_pick(&picks, model, reader, NULL, &err) == TTAG_OK) {
        ttag_picks_write_jsonl(picks, stdout, &err);
        ttag_picks_free(picks);
    }
}

void example_curve(ttag_reader *reader, ttag_error err)
{
    ttag_curve *curve;
    if (ttag_curve_measure(&curve, reader, NULL, &err) == TTAG_OK) {
        for (size_t i = 0; i < curve->n_points; i++)
            printf("%.0f %.3f\n", curve->points[i].articles, curve->points[i].micro.f1);
        ttag_curve_free(curve);
    }
}
