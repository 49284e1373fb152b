"""What a message says, piece by piece: a fact with its value, or why it has none."""

from dataclasses import dataclass

from dialogs.language.outcome import Refused, Value

FactValue = Value | str | frozenset[str]
SELF = ""
"""Owner of what the speaker says of no one else."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One fact that text[start:end] speaks of, no matter whose it is.

    Exactly one of `value` (certain) and `refused` (named without a certain value; its choices are
    worth offering) is set. `owner` is the word for another person, SELF for the speaker. `rule`
    names what read it, for the trace.
    """

    fact: str
    start: int
    end: int
    value: FactValue | None = None
    refused: Refused | None = None
    owner: str = SELF
    rule: str = ""

    @property
    def own(self) -> bool:
        """Whether it is the speaker's."""
        return self.owner == SELF
