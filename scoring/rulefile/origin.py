"""Where a ruleset comes from: its own file, and what an office's files amend in it."""

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from scoring.errors import Fault
from scoring.rulefile.values import Source, SourceRef


class Applied(NamedTuple):
    """One amendment, as it is told. target: the conflict that it settles, the figure that it
    corrects, the row that it brings, or the category that it names; `file` is a name, `title` what
    the file calls itself."""

    kind: Literal["settle", "correct", "row", "name"]
    target: str
    file: str
    title: str
    since: date
    status: str
    source: Source
    verified_on: date


class Beside(NamedTuple):
    """What an amending file brings beside values, and no day decides: papers by their key, a
    remark, what a part consists of."""

    kind: Literal["papers", "remark", "part"]
    target: str
    file: str
    title: str


class Origin(NamedTuple):
    """The file of a ruleset, and everything that amends it, in the order of the files."""

    file: str = ""
    amendments: tuple[Applied, ...] = ()
    documents: frozenset[str] = frozenset()
    """The documents that the amending files declare."""
    read: tuple[tuple[date, str, int], ...] = ()
    """Each day on which a person read a source, as written: with its file and line."""
    besides: tuple[Beside, ...] = ()
    marks: tuple[str, ...] = ()
    """Of each amendment, see `scoring.rulefile.marks`."""

    def in_force(self, on: date) -> tuple[Applied, ...]:
        """The amendments that have begun by a day."""
        return tuple(one for one in self.amendments if one.since <= on)

    def to_come(self, today: date) -> Iterator[Fault]:
        """The days of reading that are still to come."""
        for day, file, line in self.read:
            if day > today:
                what = f"{day} is still to come, today is {today}"
                yield Fault(file, line, "verified_on", what, "write the day a person read it")

    def brought(self, source: SourceRef | None, since: date | None) -> bool:
        """Whether an amendment brought what is cited so."""
        if source is None:
            return False
        cited = (source.document, source.place, since)
        return source.document in self.documents or any(
            (one.source.document, one.source.place, one.since) == cited for one in self.amendments
        )
