"""The texts of a ruleset name figures by their places; a figure typed into one is a fault."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from scoring.engine.compile import periods
from scoring.engine.ruleset import Ruleset
from scoring.errors import Fault
from scoring.rulefile.checks.report import Report, Steps
from scoring.rulefile.model import Category
from scoring.rulefile.values import Scope
from scoring.rulefile.wording import BY, amounts, places


def check_texts(ruleset: Ruleset, written: Any) -> list[Fault]:
    """Amounts typed into a text, and places that name no figure."""
    report = Report(written)
    known = {
        path
        for start in periods(ruleset)
        for path, figure in ruleset.figures(start).items()
        if not isinstance(figure.value, tuple)
    }
    for steps, text in _texts(ruleset):
        for amount in amounts(text):
            what = f"“{amount}” is typed into the text"
            fix = "name the figure, like {residence.rate}; quote a source in “…”"
            report.add(steps, str(steps[-1]), what, fix)
        for path in places(text):
            if path not in known and not (path == BY and "readings" in steps):
                near = get_close_matches(path, known)
                fix = f"did you mean {' or '.join(near)}?" if near else "name a figure"
                report.add(steps, str(steps[-1]), f"there is no figure `{path}`", fix)
    return report.faults


def _texts(ruleset: Ruleset) -> Iterator[tuple[Steps, str]]:
    """Every text that people read, with the steps that lead to it."""
    for r, remark in enumerate(ruleset.remarks):
        yield ("remarks", r, "text"), remark.text
    for id, fact in ruleset.facts.items():
        yield ("facts", id, "label"), fact.label
    for key, entries in ruleset.evidence.items():
        for e, entry in enumerate(entries):
            for text in (*entry.papers, entry.condition, entry.note):
                yield ("evidence", key, e), text or ""
    for p, part in enumerate(ruleset.parts):
        yield ("parts", p, "label"), part.label
        for c, category in enumerate(part.categories):
            yield from _category_texts(category, ("parts", p, "categories", c))


def _category_texts(category: Category, steps: Steps) -> Iterator[tuple[Steps, str]]:
    yield (*steps, "label"), category.label
    yield from _scope_texts(category.scope, steps)
    for n, name in enumerate(category.names):
        yield (*steps, "names", n, "label"), name.label
    for id, conflict in category.conflicts.items():
        yield (*steps, "conflicts", id, "label"), conflict.label
        for which, reading in conflict.readings.items():
            yield (*steps, "conflicts", id, "readings", which, "label"), reading.label
    for i, item in enumerate(category.items):
        at = (*steps, "items", i)
        for key in ("label", "no_evidence"):
            yield (*at, key), getattr(item, key) or ""
        yield from _scope_texts(item.scope, at)
        if item.change:
            yield (*at, "change", "how"), item.change.how or ""
            yield (*at, "change", "reason"), item.change.reason or ""


def _scope_texts(scope: tuple[Scope, ...], steps: Steps) -> Iterator[tuple[Steps, str]]:
    for n, one in enumerate(scope):
        yield (*steps, "scope", n, "text"), one.text
