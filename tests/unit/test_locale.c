/* Under a locale with a decimal comma, which a caller of the library may have set, what is written
   stays as it is. */
#include "unit.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/csv.h"
#include "base/error.h"
#include "base/json.h"
#include "base/monitor.h"
#include "base/view.h"

/* One of the system's, or one that its localedef makes in a folder of its own. */
static bool set_comma(void)
{
    static const char *const NAMES[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "fr_FR.utf8"};
    char folder[] = "/tmp/ttag-locale-XXXXXX", command[256];
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (setlocale(LC_ALL, NAMES[i]))
            return true;
    if (!mkdtemp(folder))
        return false;
    snprintf(command, sizeof command, "localedef -i de_DE -f UTF-8 %s/de_DE.UTF-8 2>/dev/null",
             folder);
    bool made = system(command) == 0 && setenv("LOCPATH", folder, 1) == 0;
    bool set = made && setlocale(LC_ALL, NAMES[0]) != NULL;
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command) == 0 && set;
}

static int setup(void **state)
{
    char half[8];
    bool *comma = test_malloc(sizeof *comma);
    *comma = set_comma();
    *state = comma;
    if (*comma) {
        snprintf(half, sizeof half, "%.1f", 0.5);
        assert_string_equal(half, "0,5");
    }
    return 0;
}

static int teardown(void **state)
{
    setlocale(LC_ALL, "C");
    test_free(*state);
    return 0;
}

static void need_comma(void *const *state)
{
    const bool *comma = *state;
    if (!*comma)
        skip();
}

static void written_numbers__have_a_point_in_any_locale(void **state)
{
    buffer b = {0};
    need_comma(state);
    json_put_number(&b, 0.25, 9);
    buffer_char(&b, ' ');
    json_put_float(&b, 1.5e-44F); /* too small for the fast way */
    csv_next_number(&b, -1.75);
    buffer_printf(
        &b, " %.3f %.*g %s", 0.5, 2, 1e-7,
        "a text that is longer than what the first of the two attempts has room for: 100");
    assert_string_equal(b.bytes, "0.25 1.54142831e-44,-1.75 0.500 1e-07 a text that is longer than "
                                 "what the first of the two attempts has room for: 100");
    buffer_dispose(&b);
}

static void read_numbers__have_a_point_in_any_locale(void **state)
{
    need_comma(state);
    assert_true(json_number(view_of("0.25")) == 0.25);
    assert_true(json_number(view_of("-1.5e-3")) == -1.5e-3);
}

static void take_message(void *payload, ttag_level level, const char *place, const char *text)
{
    char *heard = payload;
    (void)level;
    (void)place;
    snprintf(heard, 16, "%s", text);
}

static void messages__have_a_point_in_any_locale(void **state)
{
    char heard[16] = "";
    const ttag_monitor monitor = {.message = take_message, .payload = heard};
    ttag_error err;
    need_comma(state);
    fail(&err, TTAG_INVALID, "%.2f", 0.75);
    assert_string_equal(err.text, "0.75");
    tell(&monitor, TTAG_NOTE, NULL, "%.4f", 0.0625);
    assert_string_equal(heard, "0.0625");
}

/* The caller's own printing is left as it was. */
static void printing__leaves_the_locale_alone(void **state)
{
    buffer b = {0};
    char half[8];
    need_comma(state);
    buffer_printf(&b, "%g", 0.5);
    snprintf(half, sizeof half, "%.1f", 0.5);
    assert_string_equal(half, "0,5");
    buffer_dispose(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(written_numbers__have_a_point_in_any_locale),
        cmocka_unit_test(read_numbers__have_a_point_in_any_locale),
        cmocka_unit_test(messages__have_a_point_in_any_locale),
        cmocka_unit_test(printing__leaves_the_locale_alone),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
