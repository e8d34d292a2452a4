/* Where the program finds itself, and from there the ready-made model. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/exit.h"
#include "cli/model_path.h"
#include "cli/process.h"

typedef struct fixture {
    char folder[64];
    char program[128]; /* folder/bin/prog */
} fixture;

static void make_file(const char *path, mode_t mode)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, mode), 0);
}

static int set_up(void **state)
{
    static fixture f;
    char path[128];
    strcpy(f.folder, "/tmp/ttag-path-XXXXXX");
    assert_non_null(mkdtemp(f.folder));
    snprintf(path, sizeof path, "%s/bin", f.folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(f.program, sizeof f.program, "%s/bin/prog", f.folder);
    make_file(f.program, 0700);
    snprintf(path, sizeof path, "%s/plain", f.folder);
    assert_int_equal(mkdir(path, 0700), 0);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    const fixture *f = *state;
    char line[128];
    snprintf(line, sizeof line, "rm -r %s", f->folder);
    return system(line);
}

static void program__by_path(void **state)
{
    const fixture *f = *state;
    char called[160], found[4096];
    snprintf(called, sizeof called, "%s/plain/../bin/prog", f->folder);
    assert_true(process_called_path(called, found, sizeof found));
    assert_string_equal(found, f->program);
    assert_false(process_called_path(called, found, strlen(f->program)));
    snprintf(called, sizeof called, "%s/bin/other", f->folder);
    assert_false(process_called_path(called, found, sizeof found));
}

static void program__in_the_path_variable(void **state)
{
    const fixture *f = *state;
    char folders[256], other[128], found[4096];
    /* one that cannot be run is passed over, as is an empty entry */
    snprintf(other, sizeof other, "%s/plain/prog", f->folder);
    make_file(other, 0600);
    snprintf(folders, sizeof folders, "/nowhere::%s/bin", f->folder);
    assert_int_equal(setenv("PATH", folders, 1), 0);
    assert_true(process_called_path("prog", found, sizeof found));
    assert_string_equal(found, f->program);
    assert_false(process_called_path("prog2", found, sizeof found));
    assert_false(process_called_path("", found, sizeof found));
    assert_false(process_called_path(NULL, found, sizeof found));
    assert_int_equal(unsetenv("PATH"), 0);
    assert_false(process_called_path("prog", found, sizeof found));
    assert_int_equal(setenv("PATH", "/usr/bin:/bin", 1), 0);
}

static int choose(const char **path, model_path *room, const char *given)
{
    static const program prog = {.name = "ttag"};
    static console con;
    console_open(&con, "ttag");
    con.level = TTAG_ERROR;
    const invocation call = {.program = &prog, .console = &con, .invoked = "ttag classify"};
    const int code = model_path_choose(path, room, &call, given);
    console_close(&con);
    return code;
}

static void model__given_named_users(void **state)
{
    const fixture *f = *state;
    model_path room;
    const char *path;
    char users[128];
    snprintf(users, sizeof users, "%s/ttag", f->folder);
    assert_int_equal(mkdir(users, 0700), 0);
    strcat(users, "/threat-tags.ttag");
    make_file(users, 0600);
    assert_int_equal(setenv("XDG_DATA_HOME", f->folder, 1), 0);
    assert_int_equal(setenv("TTAG_MODEL", f->program, 1), 0);
    assert_int_equal(choose(&path, &room, "mine.ttag"), EXIT_DONE);
    assert_string_equal(path, "mine.ttag");
    assert_int_equal(choose(&path, &room, NULL), EXIT_DONE);
    assert_string_equal(path, f->program);
    assert_int_equal(setenv("TTAG_MODEL", "/nowhere", 1), 0);
    assert_int_equal(choose(&path, &room, NULL), EXIT_RESOURCES);
    assert_int_equal(unsetenv("TTAG_MODEL"), 0);
    assert_int_equal(choose(&path, &room, NULL), EXIT_DONE);
    assert_string_equal(path, users);
}

static void model__path_too_long(void **state)
{
    (void)state;
    model_path room;
    const char *path;
    char *folder = malloc(MODEL_PATH_MOST + 1);
    assert_non_null(folder);
    memset(folder, '/', MODEL_PATH_MOST);
    folder[MODEL_PATH_MOST] = '\0';
    assert_int_equal(unsetenv("TTAG_MODEL"), 0);
    assert_int_equal(setenv("XDG_DATA_HOME", folder, 1), 0);
    const int code =
        choose(&path, &room, NULL); /* there is one beside the tests of a build, or none */
    assert_true(code == EXIT_DONE || code == EXIT_USAGE);
    assert_int_equal(unsetenv("XDG_DATA_HOME"), 0);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(program__by_path, set_up, tear_down),
        cmocka_unit_test_setup_teardown(program__in_the_path_variable, set_up, tear_down),
        cmocka_unit_test_setup_teardown(model__given_named_users, set_up, tear_down),
        cmocka_unit_test(model__path_too_long),
    };
    return cmocka_run_group_tests_name("model_path", tests, NULL, NULL);
}
