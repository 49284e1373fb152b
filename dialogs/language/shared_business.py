"""我跟老公开小吃店: in whose name the licence is, is not said, and it counts for that one only."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from dialogs.language.mention import SELF, Mention
from dialogs.language.message import Message
from dialogs.language.outcome import Refused

_SOMEBODY = frozenset({"person", "unknown", "common", "payer"})
OWNER = "business_owner"
_TOGETHER = re.compile("合伙|合开|合办|夫妻店|两口子|小两口|夫妻[俩两]?人?(?:一起|一块)?开")
_OWN_LICENCE = re.compile(
    "执照[^,。;不没]{0,6}[我俺](?:自己|本人)?的?名|法人[^,。;不没]{0,3}[我俺](?=$|[ ,。;自本的])"
)


def not_yet_one_s_own(message: Message, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The same mentions, with a business that one has with another person asked back."""
    for one in mentions:
        if one.owner == SELF and _is_business(one) and _is_shared(message, one):
            doubt = Refused("shared", (OWNER,))
            yield replace(one, value=None, refused=doubt, rule="shared business")
        else:
            yield one


def _is_business(mention: Mention) -> bool:
    value = mention.value
    return mention.fact == "employment" and isinstance(value, frozenset) and OWNER in value


def _is_shared(message: Message, mention: Mention) -> bool:
    """我跟老公|在桥头|开小吃店: company that is a person stands before it in its clause."""
    if _OWN_LICENCE.search(message.text):
        return False
    before = [one for one in message.tokens if one.start < mention.end]
    at = max((at for at, one in enumerate(before) if one.kind == "pause"), default=-1)
    clause = before[at + 1 :]
    company = any(one.kind == "company" and two.kind in _SOMEBODY for one, two in pairwise(clause))
    return company or bool(_TOGETHER.search("".join(one.text for one in clause)))
