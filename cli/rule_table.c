/* A row for each source and tag of which either says something. */
#include "cli/rule_table.h"

#include "cli/console.h"

/* Part of whole to three digits, "-" where there is no whole. */
static const char *share(char out[16], size_t part, size_t whole)
{
    if (whole == 0)
        return "-";
    snprintf(out, 16, "%.3f", (double)part / (double)whole);
    return out;
}

/* Whether the rules or the records say anything of the tag there. */
static bool is_telling(const ttag_rule_figures *f)
{
    return f->support > 0 || f->present > 0 || f->absent > 0;
}

/* A name, and blanks up to the next column. */
static void write_name(FILE *out, ttag_view name, size_t width, bool tabbed)
{
    write_shown(out, name);
    if (tabbed)
        fputc('\t', out);
    else
        fprintf(out, "%*s", (int)(name.size < width ? width - name.size : 1), "");
}

static void write_row(FILE *out, const ttag_rule_figures *f, size_t source_width, bool tabbed)
{
    enum { TAG_WIDTH = 28 };
    char precision[16], recall[16], right[16];
    write_name(out, f->source.size ? f->source : (ttag_view){"-", 1}, source_width, tabbed);
    write_name(out, f->tag, TAG_WIDTH, tabbed);
    fprintf(out, tabbed ? "%zu\t%zu\t%zu\t%s\t%s\t%zu\t%s\n" : "%8zu %8zu %8zu %9s %7s %8zu %6s\n",
            f->articles, f->support, f->present, share(precision, f->present_right, f->present),
            share(recall, f->present_right, f->support), f->absent,
            share(right, f->absent_right, f->absent));
}

/* Of the longest name of a source, as far as that leaves room for the rest. */
static size_t source_width_of(const ttag_rule_measure *measure)
{
    enum { LEAST = 14, MOST = 40 };
    size_t width = LEAST;
    for (size_t i = 0; i < ttag_rule_measure_size(measure); i++) {
        ttag_rule_figures figures = ttag_rule_measure_at(measure, i);
        if (is_telling(&figures) && figures.source.size + 1 > width)
            width = figures.source.size + 1;
    }
    return width < MOST ? width : MOST;
}

void rule_table_write(FILE *out, const ttag_rule_measure *measure, bool tabbed)
{
    const size_t source_width = source_width_of(measure);
    if (tabbed)
        fputs("source\ttag\tarticles\tsupport\tpresent\tprecision\trecall\tabsent\tright\n", out);
    else
        fprintf(out, "%-*s%-28s%8s %8s %8s %9s %7s %8s %6s\n", (int)source_width, "source", "tag",
                "articles", "support", "present", "precision", "recall", "absent", "right");
    for (size_t i = 0; i < ttag_rule_measure_size(measure); i++) {
        ttag_rule_figures figures = ttag_rule_measure_at(measure, i);
        if (is_telling(&figures))
            write_row(out, &figures, source_width, tabbed);
    }
}
