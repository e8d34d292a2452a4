/* Day, month and year, whatever stands between them; a time and its zone anywhere. */
#include "articles/feed_date.h"

#include <string.h>

#include "articles/utf8.h"
#include "base/ascii.h"

/* A word or a number of a date. */
typedef struct piece {
    ttag_view text;
    bool is_number;
} piece;

/* The next run of digits or of letters; *sign is what stands right before a number. */
static bool next_piece(ttag_view *rest, piece *out, char *sign)
{
    *sign = ' ';
    while (rest->size && !is_digit(rest->bytes[0]) && !is_letter(rest->bytes[0])) {
        *sign = rest->bytes[0];
        *rest = (ttag_view){rest->bytes + 1, rest->size - 1};
    }
    if (!rest->size)
        return false;
    size_t size = 0;
    out->is_number = is_digit(rest->bytes[0]);
    while (size < rest->size &&
           (out->is_number ? is_digit(rest->bytes[size]) : is_letter(rest->bytes[size])))
        size++;
    out->text = (ttag_view){rest->bytes, size};
    *rest = (ttag_view){rest->bytes + size, rest->size - size};
    return true;
}

static int number_of(ttag_view digits)
{
    int number = 0;
    for (size_t i = 0; i < digits.size && number < 100000; i++)
        number = 10 * number + (digits.bytes[i] - '0');
    return number;
}

/* 1 to 12 by the first three letters, in either case; 0: none. */
static int month_of(ttag_view word)
{
    static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (int m = 0; word.size >= 3 && m < 12; m++) {
        const char *name = months + 3 * m;
        if (small_letter(word.bytes[0]) == name[0] && small_letter(word.bytes[1]) == name[1] &&
            small_letter(word.bytes[2]) == name[2])
            return m + 1;
    }
    return 0;
}

/* Hours from Greenwich by RFC 822's names; 0 for all others. */
static int zone_hours(ttag_view word)
{
    static const struct {
        const char *name;
        int hours;
    } zones[] = {{"EST", -5}, {"EDT", -4}, {"CST", -6}, {"CDT", -5},
                 {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}};
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
        if (word.size == 3 && memcmp(word.bytes, zones[i].name, 3) == 0)
            return zones[i].hours;
    return 0;
}

/* A time of day and its zone within a date. */
typedef struct day_time {
    const char *from; /* NULL: there is none */
    ttag_view behind; /* what follows it */
    int clock[3];     /* hour, minute, second */
    int zone;         /* minutes from Greenwich */
} day_time;

static bool number_follows(ttag_view rest, char sign)
{
    return rest.size > 1 && rest.bytes[0] == sign && is_digit(rest.bytes[1]);
}

/* Minutes and seconds behind the hour, and a fraction of these, which is passed over. */
static void take_clock(day_time *t)
{
    piece p;
    char sign;
    for (int n = 1; n < 3 && number_follows(t->behind, ':'); n++) {
        next_piece(&t->behind, &p, &sign);
        t->clock[n] = number_of(p.text);
    }
    if (number_follows(t->behind, '.') || number_follows(t->behind, ','))
        next_piece(&t->behind, &p, &sign);
}

/* "PM", "a.m." */
static void take_half(day_time *t)
{
    ttag_view rest = t->behind;
    piece p;
    char sign;
    if (!next_piece(&rest, &p, &sign) || p.is_number || p.text.size > 2)
        return;
    const char half = small_letter(p.text.bytes[0]);
    const bool is_split =
        p.text.size == 1 && next_piece(&rest, &p, &sign) && sign == '.' && p.text.size == 1;
    if ((p.text.size != 2 && !is_split) || (half != 'a' && half != 'p') ||
        small_letter(p.text.bytes[p.text.size - 1]) != 'm')
        return;
    t->behind = rest;
    if (half == 'p' && t->clock[0] < 12)
        t->clock[0] += 12;
    else if (half == 'a' && t->clock[0] == 12)
        t->clock[0] = 0;
}

/* "+0200", "+02:00", "+02", "EST", "GMT+2" */
static void take_zone(day_time *t)
{
    ttag_view rest = t->behind;
    piece p;
    char sign;
    bool more = next_piece(&rest, &p, &sign);
    const bool is_named = more && !p.is_number;
    if (is_named) {
        t->zone = 60 * zone_hours(p.text);
        more = t->zone == 0 && (number_follows(rest, '+') || number_follows(rest, '-')) &&
               next_piece(&rest, &p, &sign);
    }
    if (!more || (sign != '+' && sign != '-') ||
        (p.text.size != 4 && p.text.size != 2 && !(is_named && p.text.size == 1)))
        return;
    const bool is_west = sign == '-', is_joined = p.text.size == 4;
    const int zone = number_of(p.text), hours = is_joined ? zone / 100 : zone;
    int minutes = is_joined ? zone % 100 : 0;
    if (!is_joined && number_follows(rest, ':')) {
        next_piece(&rest, &p, &sign);
        minutes = number_of(p.text);
    }
    t->behind = rest;
    if (hours < 24 && minutes < 60)
        t->zone = (is_west ? -1 : 1) * (60 * hours + minutes);
}

/* The first number with a colon and a number behind it, and what belongs to it. */
static day_time find_time(ttag_view date)
{
    day_time t = {.from = NULL};
    piece p;
    char sign;
    while (next_piece(&date, &p, &sign))
        if (p.is_number && p.text.size <= 2 && number_follows(date, ':')) {
            t = (day_time){.from = p.text.bytes, .behind = date, .clock = {number_of(p.text)}};
            take_clock(&t);
            take_half(&t);
            take_zone(&t);
            break;
        }
    return t;
}

/* Nothing if there is no such time. */
static void put_time(buffer *out, const day_time *t)
{
    if (!t->from || t->clock[0] > 23 || t->clock[1] > 59 || t->clock[2] > 60)
        return;
    buffer_printf(out, "T%02d:%02d:%02d", t->clock[0], t->clock[1], t->clock[2]);
    const int zone = t->zone < 0 ? -t->zone : t->zone;
    if (zone == 0)
        buffer_char(out, 'Z');
    else
        buffer_printf(out, "%c%02d:%02d", t->zone < 0 ? '-' : '+', zone / 60, zone % 60);
}

static bool is_iso(ttag_view date)
{
    if (date.size < 10 || date.bytes[4] != '-' || date.bytes[7] != '-')
        return false;
    for (size_t i = 0; i < 10; i++)
        if (i != 4 && i != 7 && !is_digit(date.bytes[i]))
            return false;
    return true;
}

void put_feed_date(buffer *out, ttag_view date)
{
    enum { LONGEST = 64 };
    date = utf8_trim(date);
    if (date.size > LONGEST)
        return;
    if (is_iso(date)) {
        buffer_view(out, date);
        return;
    }
    const day_time time = find_time(date);
    int day = 0, month = 0, year = -1;
    piece p;
    char sign;
    while (year < 0 && next_piece(&date, &p, &sign)) {
        if (p.text.bytes == time.from)
            date = time.behind;
        else if (!p.is_number && month == 0)
            month = month_of(p.text);
        else if (p.is_number && day == 0)
            day = number_of(p.text);
        else if (p.is_number && month > 0)
            year = number_of(p.text);
    }
    if (year >= 0 && year < 100)
        year += year < 70 ? 2000 : 1900;
    if (day < 1 || day > 31 || month == 0 || year < 1000 || year > 9999)
        return;
    buffer_printf(out, "%04d-%02d-%02d", year, month, day);
    put_time(out, &time);
}
