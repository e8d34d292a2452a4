/* A model with another card, with fitting checksums: replace_card MODEL OUTPUT < CARD */
#include <stdio.h>

#include "ttag/model.h"

int main(int argc, char **argv)
{
    static char text[1 << 20];
    ttag_model *model;
    ttag_error err;
    if (argc != 3 || ttag_model_open(&model, argv[1], &err) != TTAG_OK)
        return 1;
    ttag_model_parts parts = *ttag_model_get(model);
    parts.card = (ttag_view){text, fread(text, 1, sizeof text, stdin)};
    ttag_status status = ttag_model_save(&parts, argv[2], &err);
    if (status != TTAG_OK)
        fprintf(stderr, "%s\n", err.text);
    ttag_model_close(model);
    return status != TTAG_OK;
}
