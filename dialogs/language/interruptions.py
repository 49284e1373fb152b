"""A stretch with a gap told after it: 社保2019年3月交到现在，中间断了半年."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import takewhile

from dialogs.language.mention import SELF, Mention
from dialogs.language.message import Message
from dialogs.language.outcome import Refused, Understood
from dialogs.language.recognisers.durations import DURATION
from dialogs.language.recognisers.parse import parse
from scoring import FACTS

_ANOTHER = frozenset({"fact", "value", "noun", "person"})
"""What is told behind one of these is of something else."""
_UNPAID = "(?:没|未)有?(?:给|能)?[我]?(?:[交缴]|接上|续)"
_BREAKS = re.compile(
    f"(?<![没不未])(?<!没有)(?:断(?!断)|停|歇|空|漏|欠|{_UNPAID})[^,。; 没不]{{0,6}}$"
)
"""断了|半年."""
_BEFORE_IT = re.compile("(?:之|以|从)前|前面")
"""之前在台州那一年没交: no part of what was told."""
_BROKEN = re.compile(
    f"[^,。;没不\\d]{{0,10}}?(?:{_UNPAID}|(?<![没不])[断停](?!断)|[都也]没有?(?=$|[,。; 其别]))"
)
"""八个月|没交, 2018年一整年|都没有."""


def with_gaps(message: Message, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions; a number of months beside a gap waits for a yes, without the gap first."""
    for one in mentions:
        gap = _gap(message, one) if _is_stretch(one) else 0
        if not (gap and isinstance(one.value, int) and gap < one.value):
            yield one
        elif _is_told(message, one, one.value - gap):
            yield replace(one, value=one.value - gap, rule="without a gap")
        else:
            doubt = Refused("vague", (one.value - gap, one.value))
            yield replace(one, value=None, refused=doubt, rule="with a gap")


def _is_told(message: Message, stretch: Mention, left: int) -> bool:
    """三年，中间断了三个月，所以是33个月: whether what is left is told, too."""
    after = (one for one in message.loose if message.tokens[one.core[0]].start >= stretch.end)
    told = (parse("months", message.tokens[one.core[0]].text, message.today) for one in after)
    return any(isinstance(one, Understood) and one.value == left for one in told)


def _is_stretch(mention: Mention) -> bool:
    return mention.owner == SELF and FACTS[mention.fact].type == "months" and bool(mention.value)


def _gap(message: Message, stretch: Mention) -> int:
    """The months of all gaps told after a stretch, before anything else is."""
    after = [one for one in message.tokens if one.start >= stretch.end]
    of_it = [*takewhile(lambda one: one.kind not in _ANOTHER, after)]
    if not of_it or any(_BEFORE_IT.fullmatch(one.text) for one in of_it):
        return 0
    start, end = of_it[0].start, of_it[-1].end
    found = DURATION.finditer(message.text, start, end)
    gaps = [
        parse("months", one[0], message.today)
        for one in found
        if _BREAKS.search(message.text, start, one.start())
        or _BROKEN.match(message.text, one.end(), end)
    ]
    values = [one.value for one in gaps if isinstance(one, Understood)]
    return sum(one for one in values if isinstance(one, int))
