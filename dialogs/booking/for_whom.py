"""For whom one books, and who has to come: each with a WeChat of their own."""

from __future__ import annotations

from dialogs.booking.intent import fits
from dialogs.intents.household import done_for_another
from dialogs.intents.wording import standard
from dialogs.language.text import clean
from dialogs.phrases import say


def for_whom(text: str) -> str:
    """What is said first where a message books for another, or asks who has to come, or whether
    someone may come along; "" where it does neither.

    >>> [bool(for_whom(text)) for text in ("帮我妈约", "是儿媳妇去还是我去啊", "我周三去")]
    [True, True, False]
    """
    if done_for_another(text):
        return say("booking/for_another")
    return say("booking/who_comes") if fits(standard(clean(text)), "who_comes") else ""
