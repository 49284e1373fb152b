"""Reading what clerks type."""

import re
from datetime import date, time

MOST = 2**31 - 1  # the largest number of a row that both databases take
TELEPHONE = re.compile(r"\+?\d{5,15}")


def given_day(text: str | None, otherwise: date) -> date:
    """A day as browsers send it (YYYY-MM-DD)."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return otherwise


def given_time(text: str | None) -> time | None:
    """A time as browsers send it (HH:MM); None when there is none, or it is none."""
    try:
        return time.fromisoformat(text or "")
    except ValueError:
        return None


def whole(text: str | None, least: int, most: int) -> int | None:
    """A whole number within bounds, else None."""
    try:
        number = int((text or "").strip())
    except ValueError:
        return None
    return number if least <= number <= most else None


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
