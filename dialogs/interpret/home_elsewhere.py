"""A home that one does not live in, where it is asked in what one lives here: 买在老家的, 有一套
租给别人了."""

import re

from dialogs.interpret.asked import Answer, Asked, own_mentions
from dialogs.language import Refused
from dialogs.language.letting import LEFT, LETS
from dialogs.language.lexicon import any_of
from dialogs.language.scope import ORIGIN
from dialogs.reading import Taken

_HOME = re.compile("买|房|屋|自己的|有一?套")
_LIVES_NOW = re.compile(
    "(?:现在|如今|目前|眼下|这边|这里|人住)[^,。;没不]{0,8}(?:租|宿舍)"
    "|住(?:的?就?是|在)?[^,。;没不]{0,6}(?:宿舍|出租房|租的房)"
)
"""房子买在鹿城了 现在人住公司宿舍."""
_LIVES = re.compile("租|宿舍|借住|包住|住[在的]?")


def home_elsewhere(asked: Asked) -> Answer:
    """It says of a home of one's own that one does not live in it: in which other one is asked for
    where it is not said, too."""
    if asked.question.id != "home":
        return None
    text = asked.own_text
    if _elsewhere(text) and _HOME.search(text) and _LIVES_NOW.search(text):
        return Taken({"owned_home": False})
    lets = LETS.search(text)
    away = lets or (_outside(text) and _HOME.search(text))
    if not away or _LIVES.search(LETS.sub("", text)):
        return None
    if not lets and any_of("in_county").search(text):
        return None
    lives = {one.fact for one in own_mentions(asked.told)} & _LODGINGS
    return None if lives - _owned(lets) else Refused("ambiguous", LEFT, said=text)


def _outside(text: str) -> bool:
    """Whether a place outside the province is named, and not as one's origin (我是贵州人)."""
    return any(not ORIGIN.match(text, one.end()) for one in any_of("outside").finditer(text))


def _elsewhere(text: str) -> bool:
    return _outside(text) or bool(any_of("beyond_county").search(text))


_LODGINGS = frozenset({"owned_home", "rented_years"})


def _owned(lets: re.Match[str] | None) -> frozenset[str]:
    """买了一套，租出去了: what is let is named as one's own, and says not where one lives."""
    return frozenset({"owned_home"} if lets else ())
