"""Pieces of a ruleset as written, and what an amendment makes of them."""

from collections.abc import Iterator
from typing import Any

from scoring.errors import Fault
from scoring.rulefile.checks.report import one_of
from scoring.rulefile.yaml_source import LocatedDict


def categories(written: LocatedDict) -> Iterator[LocatedDict]:
    """The categories of all parts, in order."""
    for part in written.get("parts", ()):
        yield from part.get("categories", ())


def cited(one: LocatedDict) -> dict[str, Any]:
    """What an amendment says of where it is written, and from when it holds."""
    return {
        "from": one["from"],
        "status": one.get("status", "stated"),
        "source": one["source"],
        "verified_on": one["verified_on"],
    }


def made_by(one: LocatedDict, content: dict[str, Any]) -> LocatedDict:
    """A piece that knows it comes from this amendment."""
    made = LocatedDict(one.file, one.line)
    made.update(content)
    made.lines = {name: one.lines.get(name, one.line) for name in content}
    made.amended = True
    return made


def fault_at(at: LocatedDict, key: Any, what: str, fix: str) -> Fault:
    """A fault in the line of a key of an amendment."""
    line = at.lines.get(str(key), at.line)
    return Fault(at.file, line, str(key) or '""', what, fix)


def one_of_these(wrong: Any, right: Any) -> str:
    """The fix that names what is there, the likest first."""
    return one_of(str(wrong), [str(id) for id in right])
