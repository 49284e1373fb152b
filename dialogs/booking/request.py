"""Where and when somebody wants to come, as far as one message says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from dialogs.booking.townships import as_it_sounds, find_townships, named_townships
from dialogs.booking.when import find_week, moved_to, spoken
from dialogs.intents import asks, destination
from dialogs.region import Township
from dialogs.utterance import Said


@dataclass(frozen=True, slots=True)
class Wish:
    """The townships that may be meant, the day, the time of day as it was said, or the first day of
    the week; any may be open."""

    townships: tuple[Township, ...] = ()
    day: date | None = None
    at: str = ""
    week: date | None = None

    def over(self, earlier: Wish) -> Wish:
        """This wish, and what it leaves open as it was said before."""
        when = self if self.day or self.week or self.at else earlier
        return replace(when, townships=self.townships or earlier.townships)


def wished(text: str, today: date, asked_where: bool = False) -> Wish | None:
    """What `text` wishes, None when it says something else. Where it was `asked_where`, a name may
    stand in any sentence that is no question.

    >>> monday = date(2026, 11, 23)
    >>> wish = wished("岩头周三上午10点", monday)
    >>> wish.townships[0].name, str(wish.day), wish.at
    ('岩头', '2026-11-25', '上午10点')
    >>> wished("我搁瓯北打工嘞", monday), wished("瓯北租房有分吗", monday, asked_where=True)
    (None, None)
    """
    text = moved_to(text) or text
    if found := find_townships(text):
        return Wish(found)
    named, rest = named_townships(text)
    if not named:
        named, rest = named_townships(as_it_sounds(text))
    if when := spoken(rest, today):
        return Wish(named, *when)
    if week := find_week(rest, today):
        return Wish(named, week=week)
    return Wish(named) if named and asked_where and not asks(text) else None


def aimed(said: Said, today: date) -> tuple[str, Wish] | None:
    """The word and the wish of a message that names where or when one wants to come: 预约岩头,
    换到岩头镇. 约 and 改到 alone may stand before any answer (约三年, 改到10.5).

    >>> word, wish = aimed(Said("预约岩头"), date(2026, 11, 23))
    >>> word, wish.townships[0].name
    ('book', '岩头')
    """
    where, moved = destination(said), moved_to(said.text)
    wish = wished(where or moved or "", today) if where or moved else None
    if wish is None or not (wish.townships or "预约" in said.text):
        return None
    return ("book" if where else "move_booking"), wish
