"""What one lives in, where that is asked: a home elsewhere (有一套租给别人了), another one's
(住儿子买的房子), one's own at the years of rent (我自己有房子租什么房), none at all."""

import re
from functools import lru_cache

from dialogs.interpret.asked import Answer, Asked, own_mentions
from dialogs.language import Refused
from dialogs.language.lexicon import any_of
from dialogs.language.recognisers.named_values import LEFT, LETS
from dialogs.language.scope import ORIGIN
from dialogs.reading import Taken, facts_of

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
    return None if told & _OWN else Taken({"owned_home": False})


@lru_cache(maxsize=256)
def _theirs(people: str) -> re.Pattern[str]:
    """
    >>> bool(_theirs("儿子|老婆").search("房产证写的是老婆名字"))
    True
    """
    who = "|".join(map(re.escape, people.split("|")))
    is_theirs = rf"{_HOME_IS}(?:{who})(?:自己)?[买盖建]?的?(?:$|[,。;! ]|名)"
    bought = rf"^(?:不是租的)?[,。; ]*(?:我)?(?:{who})(?:自己)?[买盖建]的(?:房子?)?(?:$|[,。;! ])"
    named = rf"(?:[写登落挂]|[本证]上?[写是])[的着了在]?是?[我俺]?(?:{who})(?:自己|一个人)?的?名"
    return re.compile(
        rf"{is_theirs}|{bought}|{named}|住(?:在|着|的是|进|到)?(?:{who})[^,。;! ]{{0,6}}买的"
    )


_OWN = _LODGINGS | {"self_built_home"}
_RENTED = re.compile("租了|[前后][^,。;没不]{0,6}租")
"""买房前租过: how long is still to be told."""
_AT_HOME = re.compile("没有?租[^,。;]*[,。; ]*(?:都|就)?住(?:在|的是)?自[己家](?:的|家)*[家屋房]")
"""没租的 住自己家里九年: how long one lives at home is no rent."""
_NOT_BOUGHT = re.compile("没[^,，。、没]{0,2}买")
_NOT_RENTED = re.compile("没[^,，。、没]{0,2}租|租[^,，。没]{0,8}没")
_LODGED = re.compile("(?<!、)住[^,。;没]{0,6}(?:宿舍|厂|工地)|[包管]住")
_NOT_BUILT = re.compile("没[^,，。、没]{0,2}[盖建造]")


def no_home(asked: Asked) -> Taken | None:
    """没买过、没租过也没建过: none of what is asked for."""
    text = asked.said_of_oneself
    if _LODGED.search(text):
        return None  # 住厂里宿舍没租也没买
    if asked.question.id != "home" or not (_NOT_BOUGHT.search(text) and _NOT_RENTED.search(text)):
        return None
    built = {"self_built_home": False} if _NOT_BUILT.search(text) else {}
    return Taken({**facts_of(asked.question, "neither"), **built})


def owner_of_home(asked: Asked) -> Taken | None:
    """An owner who tells no figure does not rent."""
    if asked.question.id != "rented" or _RENTED.search(asked.told.message.text):
        return None
    message = asked.told.message
    if _AT_HOME.search(message.text) and not any(message.owners):
        return Taken({"rented_years": 0})
    figures = any(one.unit for one in message.tokens)
    owns = any(one.fact == "owned_home" and one.value is True for one in own_mentions(asked.told))
    return Taken({"rented_years": 0}) if owns and not figures and not any(message.owners) else None
