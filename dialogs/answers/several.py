"""Several facts named in one message: 大专，社保交了四年，住了五年."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dialogs.answers.outcome import Refused, Value

FactValue = Value | str | frozenset[str]


@dataclass(frozen=True, slots=True)
class Several:
    """`values` are certain, by fact id; `refused` were named, but not with a certain value."""

    values: Mapping[str, FactValue] = field(default_factory=dict)
    refused: Mapping[str, Refused] = field(default_factory=dict)


def several(text: str, today: date) -> Several:
    """The facts that a message names outright. An empty result when it names none."""
    return Several()
