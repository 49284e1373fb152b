"""What can be wrong with a rules file or with a person's facts, said so that it can be fixed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in a rules file: where it is, what is wrong, what would be right.

    >>> print(Fault("mine.yaml", 12, "rate", "the value has no source", "add its source"))
    mine.yaml:12: rate: the value has no source. Fix: add its source
    """

    file: str
    line: int
    key: str
    what: str
    fix: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: {self.what}. Fix: {self.fix}"


class RulesetError(Exception):
    """A rules file cannot be used. `faults` lists everything that was found; `file`, `line`, `key`,
    `what` and `fix` are those of the first."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)
        first = faults[0]
        self.file, self.line, self.key = first.file, first.line, first.key
        self.what, self.fix = first.what, first.fix


class FactsError(ValueError):
    """An answer cannot be used. `fact` is its id, `message` says what is wrong and what would be
    right."""

    def __init__(self, fact: str, message: str) -> None:
        super().__init__(f"{fact}: {message}")
        self.fact = fact
        self.message = message
