"""An office's file that leaves nothing of a ruleset open: what waits is settled or filled in."""

from collections.abc import Iterator
from datetime import date

from scoring import Ruleset
from scoring.rulefile.kinds.base import Item
from scoring.rulefile.model import Category

CITED = "from: 2026-11-01, source: {document: reply, place: 一}, verified_on: 2026-11-01"
NAMED = "某种情形"
"""What the office calls a row that had no name."""


def all_filled(rules: Ruleset, on: date) -> str:
    """Each conflict by its first reading, each row that nobody published with a figure, and what is
    inferred stated as it is."""
    lists = {"settle": _settled(rules), "rows": _rows(rules), "correct": _stated(rules, on)}
    facts = "".join(
        f"  own_{one.id}: {{type: count, label: {NAMED}}}\n" for _, one in _secret(rules)
    )
    written = (
        f"{name}:\n" + "".join(f"  - {{{one}, {CITED}}}\n" for one in entries)
        for name, entries in lists.items()
    )
    head = f"amends: {rules.id}\ntitle: 全部\ndocuments: {{reply: {{title: 县里的答复}}}}\n"
    return f"{head}facts:\n{facts}" + "".join(written)


def _settled(rules: Ruleset) -> Iterator[str]:
    for category in rules.categories():
        for name, conflict in category.conflicts.items():
            yield f"conflict: {category.id}.{name}, reading: {conflict.default}"


def _secret(rules: Ruleset) -> Iterator[tuple[Category, Item]]:
    for category in rules.categories():
        yield from ((category, item) for item in category.items if item.rule == "unpublished")


def _rows(rules: Ruleset) -> Iterator[str]:
    for category, item in _secret(rules):
        off = category in rules.parts[-1].categories and rules.parts[-1].id == "deductions"
        fact = f"own_{item.id}"
        kind, most = ("deduction", "most") if off else ("per_count", "cap")
        facts = f"fact: {fact}" if off else f"facts: [{fact}]"
        yield (
            f"category: {category.id}, row: {{id: {item.id}, label: {NAMED}, "
            f"rule: {kind}, {facts}, rows: {item.rows}, rate: {{value: 1, unit: points_per_time}}, "
            f"{most}: {{value: 5, unit: points}}, no_evidence: 县里核。}}"
        )


def _stated(rules: Ruleset, on: date) -> Iterator[str]:
    secret = {item.id for _, item in _secret(rules)}
    for path, figure in rules.figures(on).items():
        waits = figure.status == "inferred" and figure.unit != "choices" and not figure.readings
        if waits and figure.path == path and secret.isdisjoint(path.split(".")):
            yield f"figure: {path}, value: {figure.value}"
