/* Day, month, year, time, zone, in this order, whatever stands between them. */
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

/* "+02:00", "-05:00" or "Z" */
static void put_zone(buffer *out, char sign, int minutes)
{
    if (minutes == 0)
        buffer_char(out, 'Z');
    else
        buffer_printf(out, "%c%02d:%02d", sign, minutes / 60 % 24, minutes % 60);
}

/* Hour, minute and second, then the zone, if they are there. */
static void put_time(buffer *out, ttag_view rest)
{
    int clock[3] = {0}, n = 0;
    piece p = {0};
    char sign = ' ';
    bool more = next_piece(&rest, &p, &sign);
    for (; more && p.is_number && p.text.size <= 2 && n < 3; n++) {
        clock[n] = number_of(p.text);
        more = next_piece(&rest, &p, &sign);
    }
    if (n < 2 || clock[0] > 23 || clock[1] > 59 || clock[2] > 60)
        return;
    buffer_printf(out, "T%02d:%02d:%02d", clock[0], clock[1], clock[2]);
    int minutes = 0;
    if (more && p.is_number && p.text.size == 4 && (sign == '+' || sign == '-')) {
        int zone = number_of(p.text);
        minutes = zone / 100 * 60 + zone % 100;
    } else if (more && !p.is_number) {
        int hours = zone_hours(p.text);
        sign = '-';
        minutes = -60 * hours;
    }
    put_zone(out, sign, minutes);
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
    int day = 0, month = 0, year = -1;
    piece p;
    char sign;
    while (year < 0 && next_piece(&date, &p, &sign)) {
        if (!p.is_number && month == 0)
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
    put_time(out, date);
}
