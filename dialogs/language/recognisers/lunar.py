"""A month of the lunar calendar that something began in: 去年腊月, 23年正月."""

import re
from datetime import date

from dialogs.language.recognisers.dates_in_text import find_moments
from dialogs.language.recognisers.numerals import read

_LUNAR = re.compile(
    "(?:(?:农历|阴历|旧历|老历)的?(?P<n>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])|(?P<name>[正冬腊]))月"
)
_NUMBER = {"正": 1, "冬": 11, "腊": 12}
_LATER = (1, 2, 0)
"""How many months later than its number it may lie in the common calendar, the likeliest first."""


def since_lunar(text: str, today: date, year: int | None = None) -> list[date]:
    """The months of the common calendar that may be meant, the likeliest first; none where no
    lunar month is told, or no year. `year`: the year said before.

    >>> [str(day) for day in since_lunar("去年腊月来的", date(2026, 11, 23))]
    ['2026-01-01', '2026-02-01', '2025-12-01']
    """
    found = _LUNAR.search(text)
    if found is None:
        return []
    told = [one.year for one in find_moments(text[: found.start()], today)]
    number = _NUMBER.get(found["name"]) or read(found["n"])
    began = told[-1] if told else year
    if number is None or not began or began > today.year:
        return []
    first = began * 12 + int(number) - 1
    days = (date((first + more) // 12, (first + more) % 12 + 1, 1) for more in _LATER)
    return [day for day in days if day <= today]
