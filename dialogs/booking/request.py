"""Where and when a person wants to come, as far as one message says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from dialogs.booking.townships import as_it_sounds, find_townships, named_townships
from dialogs.booking.when import read_when
from dialogs.intents.remarks import asks
from dialogs.region import Township

_UNSURE = re.compile("(?:不知道?|不晓得|晓不得|不清楚|搞不清|不懂)[^,，。 ]{0,2}(?:什么|啥子?|哪)")
"""Asks nothing: 我晓不得啥子街道，就在桥头上班."""


@dataclass(frozen=True, slots=True)
class Wish:
    """The townships that may be meant, the day, the time of day as it was said, or the first day of
    the week; any may be open. `first`: as early as can be; `loose`: the day was named by its
    weekday alone."""

    townships: tuple[Township, ...] = ()
    day: date | None = None
    at: str = ""
    week: date | None = None
    first: bool = False
    loose: bool = False

    def over(self, earlier: Wish) -> Wish:
        """This wish, and what it leaves open as it was said before."""
        day_said = self if self.day or self.week or self.first else earlier
        return replace(
            day_said,
            townships=self.townships or earlier.townships,
            at=self.at or earlier.at,
        )

    def __str__(self) -> str:
        """The wish as a text that says the same on a later day."""
        when = f"{self.day}" if self.day else f"{self.week}以后" if self.week else ""
        first = "尽早" if self.first else ""
        places = (one.title for one in self.townships)
        return " ".join(filter(None, (*places, when, self.at, first)))


def wish_in(text: str, today: date) -> tuple[Wish, str]:
    """What `text` wishes, wherever in it that stands; and the text with @ for each
    place, # for each day or time.

    >>> wish, rest = wish_in("老师我想约瓯北街道下周三上午", date(2026, 11, 23))
    >>> wish.townships[0].name, str(wish.day), wish.at, rest
    ('瓯北', '2026-12-02', '上午', '老师我想约@##')
    """
    when = read_when(text, today)
    named, rest = named_townships(when.rest)
    return Wish(named, when.day, when.at, when.week, when.first, when.loose), rest


def wished(text: str, today: date, asked_where: bool = False) -> Wish | None:
    """What `text` wishes, None when it wishes nothing. Where it was `asked_where`, parts of names
    and what sounds like one count too, unless a question is asked.

    >>> monday = date(2026, 11, 23)
    >>> wish = wished("岩头周三上午10点", monday)
    >>> wish.townships[0].name, str(wish.day), wish.at
    ('岩头', '2026-11-25', '上午10点')
    >>> wished("好的", monday), wished("瓯北租房有分吗", monday, asked_where=True)
    (None, None)
    """
    wish, rest = wish_in(text, today)
    if asked_where and (found := find_townships(text)):
        return replace(wish, townships=found)
    if asked_where and not wish.townships:
        wish = replace(wish, townships=named_townships(as_it_sounds(rest))[0])
    timed = bool(wish.day or wish.week or wish.at)
    if timed or wish.first:
        return wish
    return wish if wish.townships and not asks(_UNSURE.sub("", text)) else None
