"""A home that one does not live in, where it is asked in what one lives here: 买在老家的, 有一套
租给别人了."""

import re

from dialogs.interpret.asked import Asked, own_mentions
from dialogs.language import Refused
from dialogs.language.letting import LEFT, LETS
from dialogs.language.lexicon import any_of
from dialogs.language.scope import ORIGIN

_HOME = re.compile("买|房|屋|自己的|有一?套")
_LIVES = re.compile("租|宿舍|借住|包住|住[在的]?")


def home_elsewhere(asked: Asked) -> Refused | None:
    """It says of a home of one's own that one does not live in it, and not in which other one."""
    if asked.question.id != "home":
        return None
    text = asked.own_text
    lets = LETS.search(text)
    places = any_of("outside").finditer(text)
    beyond = any(not ORIGIN.match(text, one.end()) for one in places)  # not 我是贵州人
    away = lets or (beyond and _HOME.search(text))
    if not away or _LIVES.search(LETS.sub("", text)):
        return None
    if not lets and any_of("in_county").search(text):
        return None
    lives = {one.fact for one in own_mentions(asked.told)} & _LODGINGS
    return None if lives - _owned(lets) else Refused("ambiguous", LEFT, said=text)


_LODGINGS = frozenset({"owned_home", "rented_years"})


def _owned(lets: re.Match[str] | None) -> frozenset[str]:
    """买了一套，租出去了: what is let is named as one's own, and says not where one lives."""
    return frozenset({"owned_home"} if lets else ())
