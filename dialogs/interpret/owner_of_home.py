"""A home of one's own, where years of rent are asked for: 我自己有房子租什么房."""

import re

from dialogs.interpret.asked import Asked, own_mentions
from dialogs.reading import Taken, facts_of

_RENTED = re.compile("租了|[前后][^,。;没不]{0,6}租")
"""买房前租过: how long is still to be told."""
_AT_HOME = re.compile("没有?租[^,。;]*[,。; ]*(?:都|就)?住(?:在|的是)?自[己家](?:的|家)*[家屋房]")
"""没租的 住自己家里九年: how long one lives at home is no rent."""


_NOT_BOUGHT, _NOT_RENTED = (
    re.compile("没[^,，。、没]{0,2}买"),
    re.compile("没[^,，。、没]{0,2}租|租[^,，。没]{0,8}没"),
)
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
