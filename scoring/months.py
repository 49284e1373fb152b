"""Calendar arithmetic in months."""

from calendar import monthrange
from datetime import date


def month_end(day: date, months: int = 0) -> date:
    """The last day of the month that is so many months after that of `day`.

    >>> month_end(date(2026, 11, 23)), month_end(date(2026, 11, 23), 3)
    (datetime.date(2026, 11, 30), datetime.date(2027, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month.

    >>> months_later(date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    end = month_end(day, months)
    return end.replace(day=min(day.day, end.day))
