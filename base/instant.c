/* The Gregorian calendar as numbers. */
#include "base/instant.h"

#include <stdlib.h>

enum { DAY = 86400 };

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_length(int64_t year, int64_t month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return lengths[month - 1] + (month == 2 && is_leap(year));
}

/* Days from 1970 to the first of January: 365 (y - 1970) + leap years between. */
static int64_t days_before(int64_t year)
{
    const int64_t y = year - 1;
    return 365 * (year - 1970) + (y / 4 - y / 100 + y / 400) - (1969 / 4 - 1969 / 100 + 1969 / 400);
}

/* So many digits at the front of *rest, taken off. */
static bool take_number(ttag_view *rest, size_t digits, int64_t *out)
{
    int64_t number = 0;
    if (rest->size < digits)
        return false;
    for (size_t i = 0; i < digits; i++) {
        if (rest->bytes[i] < '0' || rest->bytes[i] > '9')
            return false;
        number = 10 * number + (rest->bytes[i] - '0');
    }
    *rest = (ttag_view){rest->bytes + digits, rest->size - digits};
    *out = number;
    return true;
}

static bool take_mark(ttag_view *rest, char mark)
{
    if (rest->size == 0 || rest->bytes[0] != mark)
        return false;
    *rest = (ttag_view){rest->bytes + 1, rest->size - 1};
    return true;
}

/* "T19:45", "T19:45:00", "T19:45:00.123"; a blank may stand for the T. */
static bool take_clock(ttag_view *rest, instant *t)
{
    ttag_view ahead = *rest;
    int64_t hour, minute, second = 0, digit;
    if (!(take_mark(&ahead, 'T') || take_mark(&ahead, 't') || take_mark(&ahead, ' ')) ||
        !take_number(&ahead, 2, &hour) || !take_mark(&ahead, ':') ||
        !take_number(&ahead, 2, &minute) || hour > 23 || minute > 59)
        return false;
    *rest = ahead;
    if (take_mark(&ahead, ':') && take_number(&ahead, 2, &second) && second <= 60)
        *rest = ahead;
    else
        second = 0;
    t->seconds += 3600 * hour + 60 * minute + (second < 60 ? second : 59);
    if (take_mark(rest, '.') || take_mark(rest, ','))
        for (int part = 100; take_number(rest, 1, &digit); part /= 10)
            t->milliseconds += part * (int)digit;
    return true;
}

/* "+02:00", "-0500": what has to be taken off. */
static int64_t zone_seconds(ttag_view rest)
{
    int64_t hours, minutes = 0;
    const bool east = take_mark(&rest, '+');
    if ((!east && !take_mark(&rest, '-')) || !take_number(&rest, 2, &hours) || hours > 23)
        return 0;
    take_mark(&rest, ':');
    if (!take_number(&rest, 2, &minutes) || minutes > 59)
        minutes = 0;
    return (east ? 1 : -1) * (3600 * hours + 60 * minutes);
}

bool instant_read(instant *out, ttag_view iso)
{
    int64_t year, month = 1, day = 1;
    instant t = {0, 0};
    if (!take_number(&iso, 4, &year) || year < 1)
        return false;
    if (take_mark(&iso, '-') && (!take_number(&iso, 2, &month) || month < 1 || month > 12))
        return false;
    if (take_mark(&iso, '-') &&
        (!take_number(&iso, 2, &day) || day < 1 || day > month_length(year, month)))
        return false;
    t.seconds = days_before(year);
    for (int64_t m = 1; m < month; m++)
        t.seconds += month_length(year, m);
    t.seconds = DAY * (t.seconds + day - 1);
    if (take_clock(&iso, &t))
        t.seconds -= zone_seconds(iso);
    const int64_t first = DAY * days_before(1), behind = DAY * days_before(10000);
    if (t.seconds < first || t.seconds >= behind) /* by the zone */
        return false;
    *out = t;
    return true;
}

bool instant_given(instant *out)
{
    const char *text = getenv("SOURCE_DATE_EPOCH");
    const size_t digits = text ? strspn(text, "0123456789") : 0;
    if (digits == 0 || text[digits] || digits > 11)
        return false;
    const long long seconds = strtoll(text, NULL, 10);
    if (seconds >= DAY * days_before(10000))
        return false;
    *out = (instant){seconds, 0};
    return true;
}

void put_day(buffer *out, instant t)
{
    int64_t days = t.seconds / DAY - (t.seconds % DAY < 0);
    int64_t year = days < 0 ? 1969 + days / 365 : 1970 + days / 366; /* or somewhat later */
    while (days_before(year + 1) <= days)
        year++;
    int64_t month = 1, day = days - days_before(year);
    while (day >= month_length(year, month))
        day -= month_length(year, month++);
    buffer_printf(out, "%04d-%02d-%02d", (int)year, (int)month, (int)day + 1);
}

void put_instant(buffer *out, instant t)
{
    const int clock = (int)((t.seconds % DAY + DAY) % DAY);
    put_day(out, t);
    buffer_printf(out, "T%02d:%02d:%02d.%03dZ", clock / 3600, clock / 60 % 60, clock % 60,
                  t.milliseconds);
}
