"""What counts of a text that tells of deeds in several places: 上海8年，永嘉11个月."""

import re
from collections.abc import Iterator
from functools import cache

from dialogs.language.lexicon import alternation
from dialogs.language.recognisers.amounts import mask_words
from dialogs.language.text_scope import done_beyond_county, done_elsewhere
from dialogs.language.vocabulary import in_the_county

_PAUSES = re.compile("[停断歇]了?[ ,。;]*$")
_PAUSE = re.compile(r"(?<=[,。;!、 ])(?!(?<=\d,)\d{3}(?!\d))")
_TELLS = re.compile(r"[\d一二两三四五六七八九十半]|没|无|不|[献捐交缴做当]过|参加过")
_TELLS_OF_IT = re.compile(r"[\d一二两三四五六七八九十半]|^[^,。;]{2,6}(?:[没无]|不[^算认行])")
"""三年在瑞安租的不算: what stands behind a place may only judge what stood before it."""


def counted(fact: str, text: str) -> str:
    """The text without the stretches done where they do not count; unchanged where all were, or
    none.

    >>> counted("social_insurance_months", "上海交了八年,永嘉才交11个月")
    '永嘉才交11个月'
    >>> counted("blood_donations", "永嘉4次,鹿城2次,老家1次")
    '永嘉4次,'
    """
    if not in_the_county(fact) and not _place().search(text):
        return text  # in most messages no place is named
    stretches = list(_stretches(text))
    here = [one for one in stretches if not _elsewhere(fact, one)]
    told = any(_TELLS.search(one) for one in here)
    return "".join(here) if told else text


def _elsewhere(fact: str, stretch: str) -> bool:
    beyond = in_the_county(fact) and done_beyond_county(stretch)
    return beyond or done_elsewhere(stretch)


def _stretches(text: str) -> Iterator[str]:
    """The clauses; within a clause, each place with the figure that follows it."""
    for clause in _clauses(text):
        start = 0
        for place in _place().finditer(clause):
            led, follows = clause[start : place.start()], clause[place.start() :]
            if _TELLS.search(mask_words(led)) and _TELLS_OF_IT.search(mask_words(follows)):
                yield led
                start = place.start()
        yield clause[start:]


def _clauses(text: str) -> Iterator[str]:
    """The clauses, each with those beside it that only say where: 三次,都在九江献的."""
    clauses: list[str] = []
    where = ""
    for clause in _PAUSE.split(text):
        tells = _TELLS.search(mask_words(clause))
        if not tells and _PAUSES.search(clause) and _place().search(clause):
            continue  # 回江西停了: nothing was done there
        where += clause
        if tells:
            clauses.append(where)
            where = ""
    last = clauses.pop() if clauses else ""
    yield from (*clauses, last + where)


@cache
def _place() -> re.Pattern[str]:
    return re.compile(f"(?:[在到]|来到)?(?:{alternation('outside')}|{alternation('inside')})")
