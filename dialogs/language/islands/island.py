"""A piece of a message that belongs together, and what may stand around it."""

from dataclasses import dataclass, field

CONTEXT = frozenset(
    {"adverb", "verb", "noise", "time", "preposition", "place", "payer", "no", "plan", "company"}
    | {"common", "benefit"}
)


@dataclass(slots=True)
class Island:
    """Tokens[first:last] around a core: `fact` with `amounts`, or a `value`, or loose amounts
    (`fact` empty). `denied`: with the last of a list (社保|和公积金都没有)."""

    fact: str
    core: list[int]
    value: str = ""
    noun: str = ""
    amounts: list[int] = field(default_factory=list)
    first: int = 0
    last: int = 0
    denied: bool = False

    @property
    def loose(self) -> bool:
        """Whether nothing says which fact it is of."""
        return not self.fact
