/* What a stranger would write: consumer MODEL TEXT prints the tags. */
#include <stdio.h>
#include <ttag/ttag.h>

int main(int argc, char **argv)
{
    ttag_model *model = NULL;
    ttag_workspace *work = NULL;
    ttag_classification result = {0};
    ttag_error err;
    bool ok = argc == 3 && ttag_model_open(&model, argv[1], &err) == TTAG_OK &&
              ttag_workspace_new(&work, model, NULL, &err) == TTAG_OK &&
              ttag_classify_text(work, &result, argv[2], &err) == TTAG_OK;
    for (size_t i = 0; ok && i < result.n_given; i++) {
        ttag_view name = ttag_model_get(model)->tags[result.given[i].tag].name;
        printf("%.*s\n", (int)name.size, name.bytes);
    }
    ttag_workspace_free(work);
    ttag_model_close(model);
    return ok ? 0 : 1;
}
