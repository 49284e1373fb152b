"""What a message wants of the booking desk, whatever was asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from dialogs.booking.request import Wish, wish_in
from dialogs.booking.townships import as_it_sounds
from dialogs.intents.deferral import deferred
from dialogs.intents.remarks import asks
from dialogs.language.text import clean
from dialogs.region import load_local

Wanted = Literal["book", "book_sites", "appointment", "move_booking", "cancel_booking"]
_OF_ONES_OWN: tuple[Wanted, ...] = ("cancel_booking", "move_booking", "appointment")
BESIDE = 4
"""More characters than this beside place and time, and a message says something else."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What is wanted, and where and when as far as it was said along with it."""

    wanted: Wanted
    wish: Wish


def intent_of(text: str, today: date, within: bool = False) -> Intent | None:
    """What the message wants of the desk; None where it wants nothing, or asks about booking.
    `within` a talk about booking, the word need not be said again.

    >>> monday = date(2026, 11, 23)
    >>> said = ("预约瓯北下周二上午", "时间不合适，帮我改一下预约", "那个预约不要了", "查一下预约")
    >>> [intent_of(text, monday).wanted for text in said]
    ['book', 'move_booking', 'cancel_booking', 'appointment']
    >>> intent_of("要不要预约", monday), intent_of("社保约三年", monday)
    (None, None)
    """
    if later := deferred(text):
        return intent_of(later.rest, today, within) if later.rest else None
    said = clean(text).replace(" ", "").replace("yuyue", "预约")
    if not (within or fits(said, "hint")) or fits(said, "about") or put_off(text) is not None:
        return None
    wish, rest = wish_in(said, today)
    named = within or fits(rest, "booking")
    if not named and (fits(said, "hours") or fits(said, "weather")):
        return None
    if named:
        wish, rest = wish_in(as_it_sounds(said), today)
        if fits(rest, "elsewhere") or (fits(rest, "book_sites") and not wish.townships):
            return Intent("book_sites", wish)
    for wanted in _OF_ONES_OWN:
        if fits(rest, wanted if named else f"sure.{wanted}") or fits(rest, f"sure.{wanted}"):
            return Intent(wanted, wish)
    if named and fits(rest, "not_coming"):
        return Intent("cancel_booking", wish)
    other = fits(rest, "elsewhere") or fits(rest, "book_sites")
    if fits(rest, "sure.book_sites") or (other and (wish.day or wish.week)):
        return Intent("book_sites", wish)
    return Intent("book", wish) if fits(rest, "booking") or _comes(rest, wish) else None


def put_off(text: str) -> str | None:
    """What a message says after it put a booking off: "" where that is all, None where it did not.

    >>> [put_off(text) for text in ("先不约", "先不约 材料清单给我", "不约能去吗")]
    ['', '材料清单给我', None]
    """
    found = None if fits(text, "about") else _pattern("put_off").search(text)
    return (found["rest"] or "") if found else None


def _comes(rest: str, wish: Wish) -> bool:
    """周三上午去巽宅办复核行不行, 要去黄田的窗口补材料; or a place and a day, and nothing else."""
    timed = bool(wish.day or wish.week)
    if fits(rest, "come_already"):
        return False
    if fits(rest, "coming"):
        return timed or (bool(wish.townships) and not asks(rest))
    return timed and bool(wish.townships) and len(beside(rest)) <= BESIDE


def about_hours(text: str) -> bool:
    """Whether a message asks when a window is open.

    >>> about_hours("瓯北窗口几点上班"), about_hours("周六开不开"), about_hours("周六上午去瓯北")
    (True, True, False)
    """
    return fits(clean(text).replace(" ", ""), "hours")


def beside(rest: str) -> str:
    """What a message says beside a place and a time.

    >>> beside("那@我就#去吧"), beside("社保断了怎么办")
    ('', '社保断怎办')
    """
    return _pattern("small").sub("", rest)


def fits(text: str, section: str) -> bool:
    """Whether one of the ways of a section stands in the text."""
    return bool(_pattern(section).search(text))


@cache
def _pattern(section: str) -> re.Pattern[str]:
    found: Any = _data()
    for name in section.split("."):
        found = found[name]
    return re.compile("|".join(found))


@cache
def _data() -> Mapping[str, Any]:
    return dict(load_local("dialogs.booking", "intents.yaml"))
