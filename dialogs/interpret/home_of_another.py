"""A home of another person, where it is asked in what one lives: 住儿子买的房子, 房子是我儿子的."""

import re
from functools import lru_cache

from dialogs.interpret.asked import Asked, own_mentions
from dialogs.reading import Taken

_LIVES_AT = "住(?:在|着|的是|进|到)?"
_ASKS = re.compile("算我的|算不算|算[吗么不没]|能不能算")
"""房子写老婆名字 算我的不: it is asked, and nobody has published it."""
_HOME_IS = "(?:房子?|屋子?|房产证|产权证?)(?:都|就|也|上|是|写|登记|挂|在|的)+"


def home_of_another(asked: Asked) -> Taken | None:
    """It is not one's own, unless a home of one's own is told of, too."""
    if asked.question.id != "home":
        return None
    text = asked.told.message.text
    people = [one.text for one in asked.told.message.tokens if one.kind == "person"]
    if not people or not _theirs("|".join(people)).search(text) or _ASKS.search(text):
        return None
    told = {one.fact for one in own_mentions(asked.told) if one.value}
    return None if told & _LODGINGS else Taken({"owned_home": False})


@lru_cache(maxsize=256)
def _theirs(people: str) -> re.Pattern[str]:
    """
    >>> bool(_theirs("儿子|老婆").search("房产证写的是老婆名字"))
    True
    """
    who = "|".join(map(re.escape, people.split("|")))
    is_theirs = rf"{_HOME_IS}(?:{who})(?:自己)?[买盖建]?的?(?:$|[,。;! ]|名)"
    bought = rf"^(?:不是租的)?[,。; ]*(?:我)?(?:{who})(?:自己)?[买盖建]的(?:房子?)?(?:$|[,。;! ])"
    return re.compile(rf"{is_theirs}|{bought}|{_LIVES_AT}(?:{who})[^,。;! ]{{0,6}}买的")


_LODGINGS = frozenset({"owned_home", "rented_years", "self_built_home"})
