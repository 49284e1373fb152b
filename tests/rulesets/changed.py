"""The figures of a ruleset changed by an office's file, and what texts still say of the old ones.

Everything in points times 1.07 keeps every total right, and leaves no figure as it was: what is
not a multiple of 1.07 afterwards was typed in or remembered.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from scoring import Ruleset, load_ruleset
from scoring.rulefile.model import ValuePlace
from scoring.rulefile.values import Dated

FACTOR = Decimal("1.07")
OLDER = 2
"""Years that every age moves."""
FILLING = ("tier", "flag", "unpublished", "per_choice")
"""The kinds of rule whose rows a category's cap must be reached with."""
SINCE, ON = date(2026, 11, 1), date(2026, 11, 23)
RULESETS = ("yongjia-2022", "yongjia-original")

_HEAD = """amends: {id}
title: 口径
documents:
  changed: {{title: 县里的答复}}
correct:
"""
_ONE = (
    "  - {{figure: {path}, value: {value}, {reading}from: {since}, "
    "source: {{document: changed, place: 附表}}, verified_on: 2026-11-02}}\n"
)


class Changed(NamedTuple):
    """One figure under one reading (None: it has none), and what it becomes."""

    place: ValuePlace
    reading: str | None
    was: Any
    now: Any

    @property
    def name(self) -> str:
        """As it is called in reports."""
        return self.place.path if self.reading is None else f"{self.place.path} ({self.reading})"


def figures(ruleset: Ruleset, factor: Decimal = FACTOR) -> Iterator[Changed]:
    """Every number of a ruleset of its own: points times `factor`, ages some years later."""
    for place in ruleset.values():
        for reading, dated in place.value.alternatives():
            entry = _last(dated)
            if not isinstance(entry.value, Decimal) or getattr(dated, "as_", None):
                continue  # what another row gives follows it
            now = entry.value * factor
            if reading is None and not entry.value:
                now = factor / 2
            if entry.unit == "years_of_age":
                now = entry.value + OLDER
            yield Changed(place, reading, entry.value, now)


def _last(dated: Dated[Any]) -> Any:
    return dated.entries()[-1]


def office_file(id: str, changes: list[Changed]) -> str:
    """An office's file that makes these changes."""
    return _HEAD.format(id=id) + "".join(
        _ONE.format(
            path=one.place.path,
            value=f"{one.now:f}",
            reading="" if one.reading is None else f"reading: {one.reading}, ",
            since=SINCE,
        )
        for one in changes
    )


def all_changed() -> dict[str, str]:
    """An office's files, by name, that leave no number of any ruleset as it was."""
    return {f"{id}.yaml": office_file(id, list(figures(load_ruleset(id)))) for id in RULESETS}


def all_but(id: str, one: Changed) -> dict[str, str]:
    """The same, but for one figure and what must stay with it: with a cap everything under it."""
    kept = set(_with(load_ruleset(id), one))
    files = all_changed()
    fitting = _part_cap(load_ruleset(id), one)
    kept |= {c.name for c in fitting}
    changes = [c for c in figures(load_ruleset(id)) if c.name not in kept]
    files[f"{id}.yaml"] = office_file(id, changes + fitting)
    return files


def _with(ruleset: Ruleset, one: Changed) -> Iterator[str]:
    """The names of a figure and of what must stay with it: everything of its category where it is a
    cap, or fills one."""
    yield one.name
    category, item = one.place.category, one.place.item
    fills = category is not None and category.cap is not None and item is not None
    if one.place.name != "cap" and not (fills and item.rule in FILLING):
        return
    if category is not None:
        yield from (c.name for c in figures(ruleset) if _category(c) == category.id)
        return
    part = ruleset.part(one.place.path.removesuffix(".cap"))
    inside = {owned.id for owned in part.categories}
    yield from (c.name for c in figures(ruleset) if _category(c) in inside)


def _part_cap(ruleset: Ruleset, one: Changed) -> list[Changed]:
    """A part's cap must fit its categories' caps, of which one stays as it was."""
    if one.place.category is None or len(list(_with(ruleset, one))) == 1:
        return []
    part = next(p for p in ruleset.parts for c in p.categories if c.id == _category(one))
    found = {c.place.path: c for c in figures(ruleset) if _is_default(c)}
    whole, own = found.get(f"{part.id}.cap"), found.get(f"{_category(one)}.cap")
    if whole is None or own is None:
        return []
    return [whole._replace(now=whole.now - own.now + own.was)]


def _is_default(one: Changed) -> bool:
    if one.reading is None or one.place.category is None or one.place.value.conflict is None:
        return True
    return one.place.category.conflicts[one.place.value.conflict].default == one.reading


def _category(one: Changed) -> str:
    return one.place.category.id if one.place.category else ""


_QUOTED = re.compile(
    r"“[^”]*”"
    r"|；(?:note|ruian|beilun|earlier_table)：[^\n]*"  # in `rules show`
    r"|^[>#] .*$|您答：[^；，。]*"  # what the person said, what a transcript is about
    r"|满 \d+ 岁，(?=年龄少)",  # the person's own age on a birthday that costs points
    re.MULTILINE,
)
_POINTS = re.compile(
    r"(?<![\d.])(\d+(?:\.\d+)?)(?=\s*分(?![钟之类]))"
    r"|(?<![\d.])(\d+(?:\.\d+)?)(?=\s*[～/]\s*\d+(?:\.\d+)?\s*分)"
)
_AGES = re.compile(r"(?<!\d)(?:55|60)(?=\s*(?:周岁|岁|到|至|～))")
_IN_POINTS = frozenset({"points", "low", "high", "cap", "rate", "raw", "gain", "before", "after"})


def old_amounts(text: str) -> list[str]:
    """The points outside quotations that are no multiple of the factor, and the old ages."""
    bare = _QUOTED.sub("·", text)
    said = [one or two for one, two in _POINTS.findall(bare)]
    return [one for one in said if not is_multiple(Decimal(one))] + _AGES.findall(bare)


def old_numbers(told: Any, key: str = "") -> Iterator[str]:
    """The same of what JSON says: numbers by their keys, texts but for the places of sources."""
    if isinstance(told, dict):
        for name, one in told.items():
            yield from old_numbers(one, key if name == "value" else name)
    elif isinstance(told, list):
        for one in told:
            yield from old_numbers(one, key)
    elif isinstance(told, str) and key not in ("place", "title"):
        yield from old_amounts(told)
    elif isinstance(told, int | float) and key in _IN_POINTS and told is not True:
        number = Decimal(str(told))
        yield from [] if is_multiple(number) else [f"{key} {number}"]


def is_multiple(number: Decimal) -> bool:
    """Whether an amount can come of changed figures alone.

    >>> is_multiple(Decimal("70.62")), is_multiple(Decimal(0)), is_multiple(Decimal(66))
    (True, True, False)
    """
    times = number / FACTOR
    return times == times.quantize(Decimal("0.0001"))
