/* Tags a text: tag_text MODEL TEXT */
#include <stdio.h>
#include <ttag/ttag.h>

int main(int argc, char **argv)
{
    ttag_model *model = NULL;
    ttag_workspace *work = NULL;
    ttag_classification result;
    if (argc != 3 || ttag_model_open(&model, argv[1], NULL) != TTAG_OK ||
        ttag_workspace_new(&work, model, NULL, NULL) != TTAG_OK ||
        ttag_classify_text(work, &result, argv[2], NULL) != TTAG_OK)
        return 1;
    for (size_t i = 0; i < result.n_given; i++) {
        ttag_view tag = ttag_model_get(model)->tags[result.given[i].tag].name;
        printf("%.*s %.2f\n", (int)tag.size, tag.bytes, (double)result.given[i].probability);
    }
    ttag_workspace_free(work);
    ttag_model_close(model);
    return 0;
}
