"""Until when a paper is in force: 有，28年到期; 居住证到2028年."""

import re
from datetime import date

_UNTIL = re.compile(
    r"(?P<of>证)?(?P<until>有效期|到|至|管到|能用到){0,2}(?:(?<!\d)(?P<y>20\d\d|[2-4]\d)(?P<year>年)?|(?P<coming>[明后]年))(?:\d{1,2}月份?)?"
    r"(?P<ends>[底初才再就要]{0,2}(?:到期|过期))?"
)


def in_force(text: str, today: date) -> str:
    """The text with the word that a paper is in force, in place of a year to come in which it ends.

    >>> in_force("有,28年到期", date(2026, 11, 28)), in_force("24年到期", date(2026, 11, 28))
    ('有,有效', '24年到期')
    """
    return _UNTIL.sub(lambda found: _read(found, today), text)


def _read(found: re.Match[str], today: date) -> str:
    of_a_paper = found["of"] and found["until"]
    ends = found["ends"] and (found["year"] or found["coming"])
    if not (found["coming"] or _full(found["y"]) > today.year) or not (of_a_paper or ends):
        return found[0]
    return f"{found['of'] or ''}{'有' if of_a_paper else ''}有效"


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)
