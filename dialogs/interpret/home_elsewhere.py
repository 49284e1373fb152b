"""A home bought elsewhere, where it is asked in what one lives here: 买在老家的."""

import re

from dialogs.interpret.asked import Asked, own_mentions
from dialogs.language import Refused
from dialogs.language.lexicon import any_of

_HOME = re.compile("买|房|屋|自己的|有一?套")
_LIVES = re.compile("租|宿舍|借住|包住|住[在的]?")
_LEFT = ("let", "built", "neither")
"""What one may live in here, all the same."""


def home_elsewhere(asked: Asked) -> Refused | None:
    """It says of the home here that it is not one's own, and not which of the others it is."""
    if asked.question.id != "home":
        return None
    text = asked.own_text
    away = any_of("outside").search(text) and _HOME.search(text)
    if not away or _LIVES.search(text) or any_of("in_county").search(text):
        return None
    lives = any(one.fact in ("owned_home", "rented_years") for one in own_mentions(asked.told))
    return None if lives else Refused("ambiguous", _LEFT, said=text)
