"""Reading what clerks type."""

import re
from datetime import date, time
from decimal import Decimal

YEARS = range(2000, 2101)
LAST_ROW = 2**31 - 1  # the largest number of a row that both databases take
TELEPHONE = re.compile(r"\+?\d{5,15}")
POINTS = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,4})?")


def read_day(text: str | None) -> date | None:
    """A day as browsers send it (YYYY-MM-DD); None when it is none, or in no year of ours.

    >>> read_day("2026-11-23"), read_day("0001-01-01"), read_day("soon")
    (datetime.date(2026, 11, 23), None, None)
    """
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if day.year in YEARS else None


def given_day(text: str | None, otherwise: date) -> date:
    """A day as browsers send it, or the other one."""
    return read_day(text) or otherwise


def given_time(text: str | None) -> time | None:
    """A time of the county's day as browsers send it (HH:MM); None when there is none, or it is
    none, or speaks of a time zone.

    >>> given_time("10:00"), given_time("10:00+08:00")
    (datetime.time(10, 0), None)
    """
    try:
        moment = time.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo is None else None


def degrees(text: str | None, most: int) -> float | None:
    """Degrees between `-most` and `most`; None when nothing is filled in.

    Raises:
        ValueError: it is no such number.
    """
    if not (text or "").strip():
        return None
    number = float(text or "")
    if not abs(number) <= most:  # not a number is not at most anything either
        raise ValueError(text)
    return number


def whole(text: str | None, least: int, most: int) -> int | None:
    """A whole number within bounds, else None."""
    try:
        number = int((text or "").strip())
    except ValueError:
        return None
    return number if least <= number <= most else None


def points(text: str | None) -> Decimal | None:
    """Points as people write them; None when they are none.

    >>> points(" 62.5 "), points("六"), points("1e9")
    (Decimal('62.5'), None, None)
    """
    written = (text or "").strip()
    return Decimal(written) if POINTS.fullmatch(written) else None


def row_number(text: str | None) -> int | None:
    """The number of a row, from 1; None when it is none.

    >>> row_number("7"), row_number("0"), row_number("99999999999")
    (7, None, None)
    """
    return whole(text, 1, LAST_ROW)


def short_text(text: str | None, longest: int) -> str:
    """One line without control characters, cut to its longest."""
    return "".join(sign for sign in (text or "").strip() if sign.isprintable())[:longest]


def telephone(text: str | None) -> str | None:
    """A telephone number without spaces and dashes, None when it is none.

    >>> telephone("138 1234-5678"), telephone("none")
    ('13812345678', None)
    """
    digits = re.sub(r"[\s()（）-]", "", text or "")
    return digits if TELEPHONE.fullmatch(digits) else None
