"""What people come to the window for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dialogs import data


@dataclass(frozen=True, slots=True)
class Purpose:
    """`label` is what people read; `words` are other ways to say it, anywhere in a sentence, and
    `alone` those that say it only by themselves. `series` is the letter of its
    numbers in the hall."""

    id: str
    label: str
    series: str
    words: tuple[str, ...]
    alone: tuple[str, ...] = ()


def _load() -> Mapping[str, Purpose]:
    rows = data.load("dialogs.booking", "purposes.yaml", dict[str, Any]).items()
    return {
        id: Purpose(
            id, row["label"], row["series"], tuple(row["words"]), tuple(row.get("alone", ()))
        )
        for id, row in rows
    }


PURPOSES: Mapping[str, Purpose] = _load()


def purpose_in(text: str) -> str | None:
    """The one purpose that a sentence names, by one of its own words.

    >>> purpose_in("就是去问问"), purpose_in("核对一下，再问问"), purpose_in("别的时间")
    ('question', None, None)
    """
    named = [one.id for one in PURPOSES.values() if any(word in text for word in one.words)]
    return named[0] if len(named) == 1 else None
