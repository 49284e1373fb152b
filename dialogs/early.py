"""What people say before the consent. It is held for some minutes, and counts with the yes.

The service keeps it sealed, and deletes what nobody comes back for.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from dialogs.conversation import Conversation, Early
from dialogs.language.text import clean

MINUTES = 10
HELD = timedelta(minutes=MINUTES)
MOST = 5
"""Messages that are held."""
CHARACTERS = 2000
"""Characters of all of them together."""

_OF_A_PERSON = re.compile(r"\d{7,}[xX]?|\d{3,}[ -]\d[\d -]{4,}\d[xX]?")
"""A telephone, a card, an identity: never kept, and no answer is that long."""

_GROUPS = re.compile(r"\d[\d*x]+(?:[ -][\d*x]{2,})*", re.IGNORECASE)
_OF_AN_IDENTITY = 14
"""Digits and more: 330324199001011234, also 33 0324 1990 0101 1234; not 1 2 3 … 10 11 12."""


def fresh(conversation: Conversation, now: datetime) -> Conversation:
    """The same without what was held long enough."""
    if not conversation.early:
        return conversation
    kept = tuple(one for one in conversation.early if now < one.at + HELD)
    return conversation.but(early=kept)


def anonymous(text: str) -> str:
    """A text without the numbers that name a person.

    >>> anonymous("社保五年，电话13812345678")
    '社保五年，电话'
    """
    return _OF_A_PERSON.sub("", text)


def without_identity(text: str) -> str:
    """A text without identity numbers and the like, also spaced, starred or in full width.

    >>> without_identity("查张伟33 0324 1990 0101 123X，社保 42 个月")
    '查张伟,社保 42 个月'
    """

    def kept(found: re.Match[str]) -> str:
        size = len(found[0].replace(" ", "").replace("-", ""))
        return found[0] if size < _OF_AN_IDENTITY else ""

    return _GROUPS.sub(kept, clean(text, keep_spaces=True))


def held(conversation: Conversation, text: str, now: datetime) -> Conversation | None:
    """The conversation that holds this message too; None where it already holds enough."""
    kept = (*conversation.early, Early(text=text, at=now))
    if len(kept) > MOST or sum(len(one.text) for one in kept) > CHARACTERS:
        return None
    return conversation.but(early=kept)
