/* ttag-classify: the classify command alone, for hosts that only tag. */
#include "cli/cmd_classify.h"

int main(int argc, char **argv)
{
    static const program ttag_classify_alone = {"ttag-classify", &cmd_classify, NULL, NULL};
    return program_run(&ttag_classify_alone, argc, argv);
}
