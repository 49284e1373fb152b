"""What people come to the window for."""

from __future__ import annotations

import re
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
    """The purpose that a sentence names first, by one of its own words; None where it leaves open
    which of several.

    >>> purpose_in("就是去问问"), purpose_in("核对一下，再问问"), purpose_in("核对还是补材料")
    ('question', 'review', None)
    """
    at = {
        one.id: [text.find(word) for word in one.words if word in text] for one in PURPOSES.values()
    }
    named = sorted((min(places), id) for id, places in at.items() if places)
    open_which = len(named) > 1 and _OR.search(text)
    return named[0][1] if named and not open_which else None


_OR = re.compile("还是|或|哪")
