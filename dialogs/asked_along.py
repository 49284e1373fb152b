"""What is asked beside what is told, and the topic of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest

from dialogs import faq
from dialogs.intents.points import asks_total
from dialogs.language.text import clean

_PAUSE = re.compile(r"[,。;!?、…()\s]+")
_REACH = 20
"""Characters at most that are taken from a piece before."""
_POINTS = re.compile(
    r"^[,那请问所以]*(?:[这那](?:个|种|样|张|些|家|项|点|也|$)|[这那](?=[算能有])|[他她]们?)"
    r"|[这那][张种个样](?=不?[算认要能行归]|$)|按哪"
)
"""那种算不算: it is about what stands before."""
MOST = 3


@dataclass(frozen=True, slots=True)
class Along:
    """A question that came with something told: `part` asks, of the message `whole`; `title`: of
    what had been asked; `near`: the topic of that, where the question is whether something counts
    for it."""

    part: str
    whole: str
    title: str = ""
    near: str | None = None

    @property
    def of_total(self) -> bool:
        """Whether it asks how many points one has in all."""
        return asks_total(self.part)

    @property
    def text(self) -> str:
        """The part that asks. Where it says nothing of its subject, with the piece before it, or
        with the title.

        >>> Along("那我有分吗", "房产证写他一个人名字，那我有分吗").text
        '房产证写他一个人名字,那我有分吗?'
        """
        whole, grown = clean(self.whole, keep_spaces=True), self.part
        at = whole.find(self.part.split(",", maxsplit=1)[0])
        before = [piece for piece in _PAUSE.split(whole[: max(at, 0)]) if piece]
        points = _POINTS.search(self.part) is not None
        while before and (points or faq.says_nothing(grown)):
            grown, points = f"{before.pop()[-_REACH:]},{grown}", False
        if self.title and faq.says_nothing(grown):
            grown = f"{self.title},{grown}"
        return grown.rstrip("?") + "?"

    def found(self, find: Callable[[str], faq.Found]) -> faq.Found:
        """Its topic: where the whole message leaves no doubt, that one; else where the part does;
        else what is likeliest by both, and by what had been asked."""
        whole = find(self.whole.rstrip("?？") + "?")
        if whole.decision == "answer":
            return whole
        part = find(self.text)
        if part.decision == "answer" or not (self.near or whole.topics):
            return part
        if not self.near and part.decision == "elsewhere":
            return part
        if not self.near and (whole.decision == "elsewhere" or not part.topics):
            return whole
        if not (self.near or whole.supported or part.supported):
            return part
        pairs = zip_longest(whole.topics, part.topics)
        both = (self.near, *(one for pair in pairs for one in pair))
        topics = tuple(dict.fromkeys(filter(None, both)))
        near = {*whole.topics[:1], *part.topics[:1], *whole.close, *part.close}
        close = tuple(one for one in topics[1:MOST] if one in near)
        return faq.Found("likely", topics[:MOST], asks=True, close=close)
