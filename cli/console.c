/* Lines on stderr, and the one of them that progress writes again and again. */
#include "cli/console.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "cli/exit.h"
#include "cli/process.h"
#include "cli/utf8_step.h"

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

bool stream_colors(FILE *stream)
{
    const char *no_color = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    return !(no_color && *no_color) && terminal && strcmp(terminal, "dumb") != 0 &&
           isatty(fileno(stream));
}

/* ---- Messages ---- */

void write_shown(FILE *out, ttag_view text)
{
    for (size_t i = 0; i < text.size;) {
        uint32_t point;
        size_t length = utf8_step(text.bytes + i, text.size - i, &point);
        if (point < 0x20 || (point >= 0x7f && point < 0xa0))
            fprintf(out, "\\x%02x", (unsigned)point);
        else if (point == UTF8_BAD)
            fputs("\xef\xbf\xbd", out);
        else
            fwrite(text.bytes + i, 1, length, out);
        i += length;
    }
}

void size_show_bytes(size_t bytes, char *out, size_t size)
{
    static const char *const units[] = {"bytes", "kB", "MB", "GB", "TB"};
    size_t unit = 0;
    double number = (double)bytes;
    for (; number >= 999.5 && unit < 4; unit++)
        number /= 1000;
    snprintf(out, size, "%.*f %s", unit > 0 && number < 99.95, number, units[unit]);
}

static void erase_line(console *c)
{
    if (c->line_shown)
        fputs("\r\x1b[K", stderr);
    c->line_shown = false;
}

static const char *const level_names[] = {"error", "warning", "note", "detail"};
static const char *const level_colors[] = {"\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m", "\x1b[2m"};

static void say(console *c, ttag_level level, const char *place, const char *text)
{
    if (level > c->level)
        return;
    flockfile(stderr);
    erase_line(c);
    fprintf(stderr, "%s: %s%s:%s ", c->program, c->colors ? level_colors[level] : "",
            level_names[level], c->colors ? "\x1b[m" : "");
    if (place) {
        write_shown(stderr, (ttag_view){place, strlen(place)});
        fputs(": ", stderr);
    }
    write_shown(stderr, (ttag_view){text, strlen(text)});
    fputc('\n', stderr);
    fflush(stderr);
    funlockfile(stderr);
}

void console_say(console *c, ttag_level level, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    say(c, level, NULL, text);
}

static int exit_code_of(ttag_status status)
{
    switch (status) {
    case TTAG_OK:
    case TTAG_END:
        return EXIT_DONE;
    case TTAG_INVALID:
        return EXIT_USAGE;
    case TTAG_PARSE:
    case TTAG_EMPTY:
        return EXIT_NOTHING;
    case TTAG_FORMAT:
    case TTAG_VERSION_UNKNOWN:
        return EXIT_MODEL;
    case TTAG_CANCELLED:
        return process_stopped_code();
    default:
        return EXIT_RESOURCES;
    }
}

int console_fail(console *c, const ttag_error *err)
{
    char text[1024];
    ttag_error_format(err, text, sizeof text);
    say(c, TTAG_ERROR, NULL, text);
    return exit_code_of(err->code);
}

int console_no_memory(console *c)
{
    say(c, TTAG_ERROR, NULL, "out of memory");
    return EXIT_RESOURCES;
}

/* ---- The monitor ---- */

static void on_message(void *payload, ttag_level level, const char *place, const char *text)
{
    say(payload, level, place, text);
}

static bool on_cancelled(void *payload)
{
    (void)payload;
    return process_signal() != 0;
}

static size_t terminal_columns(void)
{
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

static size_t time_left_show(double seconds, char *out, size_t size)
{
    unsigned long s = seconds < 1e6 ? (unsigned long)seconds + 1 : 1000000;
    if (s >= 3600)
        return (size_t)snprintf(out, size, ", %lu:%02lu:%02lu left", s / 3600, s / 60 % 60, s % 60);
    return (size_t)snprintf(out, size, ", %lu:%02lu left", s / 60, s % 60);
}

static void draw(console *c, double done, double total, double passed)
{
    char line[160];
    size_t n = (size_t)snprintf(line, sizeof line, "%s", c->activity);
    if (total > 0) {
        double share = done < total ? done / total : 1;
        n += (size_t)snprintf(line + n, sizeof line - n, " %.0f %%", 100 * share);
        if (share > 0 && share < 1)
            n += time_left_show(passed / share - passed, line + n, sizeof line - n);
    } else {
        n += (size_t)snprintf(line + n, sizeof line - n, " %.0f", done);
    }
    size_t columns = terminal_columns();
    if (n >= columns)
        n = columns - 1;
    fprintf(stderr, "\r\x1b[K%.*s", (int)n, line);
    fflush(stderr);
    c->line_shown = true;
}

static void on_progress(void *payload, const char *activity, double done, double total)
{
    console *c = payload;
    double now = seconds_now();
    if (!c->terminal || c->level < TTAG_NOTE)
        return;
    if (strncmp(c->activity, activity, sizeof c->activity - 1) != 0) {
        snprintf(c->activity, sizeof c->activity, "%s", activity);
        c->began = now;
    }
    if (now - c->began < 1 || now - c->drawn < 0.1)
        return;
    c->drawn = now;
    draw(c, done, total, now - c->began);
}

void console_open(console *c, const char *program)
{
    *c = (console){.program = program, .level = TTAG_NOTE};
    c->terminal = isatty(STDERR_FILENO) != 0;
    c->colors = stream_colors(stderr);
    c->monitor = (ttag_monitor){on_message, on_progress, on_cancelled, c};
}

void console_close(console *c)
{
    erase_line(c);
    fflush(stderr);
}

void write_padded(FILE *out, ttag_view text, size_t width)
{
    const size_t n = utf8_characters(text);
    write_shown(out, text);
    fprintf(out, "%*s", n < width ? (int)(width - n) : 0, "");
}
