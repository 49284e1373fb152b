"""What is put off, or said to be not wanted: 先不看明细, 预约以后再说, 材料清单不用了."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from dialogs.intents.wording import wording
from dialogs.intents.words import begins, word
from dialogs.match_choice import bare
from dialogs.utterance import Said

_PAUSE = re.compile(r"[，,。.；;！!？?…\s]+")
LONGEST = 24
"""Characters of a clause: a longer one also says something else."""
_OF_BOOKING = re.compile("预?约")


@dataclass(frozen=True, slots=True)
class Deferred:
    """The reserved word that is put off, "" for nothing in particular; and the other clauses."""

    word: str
    rest: str


@lru_cache(16)  # several of the hearers of a message ask for it
def deferred(text: str) -> Deferred | None:
    """What a message puts off in a clause of its own; None where it puts nothing off.

    >>> deferred("先不弄 我去跑单 预约以后再说")
    Deferred(word='book', rest='我去跑单')
    >>> [found and found.word for found in map(deferred, ("先不看明细", "下次再测", "等会再说"))]
    ['details', 'start', '']
    >>> [deferred(text) for text in ("先不知道", "现在不住了", "以后再交社保", "明细")]
    [None, None, None, None]
    """
    if not re.search(wording()["deferral"]["hint"], text):
        return None
    clauses = [one for one in _PAUSE.split(text) if one]
    found = {one: _put_off(bare(one)) for one in clauses}
    words = [one for one in found.values() if one is not None]
    if not words:
        return None
    rest = "，".join(one for one in clauses if found[one] is None)
    return Deferred(next(filter(None, words), ""), rest)


def _put_off(clause: str) -> str | None:
    """The word that a clause puts off; None where it puts off none."""
    if len(clause) > LONGEST:
        return None
    for frame in _frames():
        found = frame.fullmatch(clause)
        what = found["what"] if found else ""
        while what:
            if (meant := _meant(what)) is not None:
                return meant
            shorter = _eager().sub("", what, count=1)
            what = shorter if shorter != what else ""
    return None


@cache
def _eager() -> re.Pattern[str]:
    return re.compile(f"^(?:{wording()['deferral']['eager']})")


def _meant(what: str) -> str | None:
    deferral = wording()["deferral"]
    if _OF_BOOKING.fullmatch(what):
        return "book"
    if re.fullmatch(deferral["anything"], what):
        return ""
    named = word(Said(what))
    if named:
        return None if named in wording()["arranged"]["answers"] else named
    return "start" if what and begins(what) else None


@cache
def _frames() -> list[re.Pattern[str]]:
    deferral = wording()["deferral"]
    parts = {name: one for name, one in deferral.items() if isinstance(one, str)}
    shortest = [one.format_map(parts) for one in deferral["frames"]]
    longest = [re.sub(r"(?<=<what>)(\S*?)\?\)", r"\1)", one) for one in shortest]
    return [re.compile(rf"\A(?:{one})") for one in (*shortest, *longest)]
