"""Mutants of the packaged rulesets: one thing of what the file writes is another.

A mutant is a whole file in a folder of an office, where it stands instead of the packaged one.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple

import yaml

from scoring import FACTS, Ruleset, load_ruleset
from scoring.analysis.determination import rules_digest
from scoring.counties import packaged_rulesets
from scoring.engine.compile import periods

FILES = ("yongjia-2022", "yongjia-original", "zhejiang-common")
READ_WITH = {"zhejiang-common": ("ruian-2022", "zhejiang-common", "yongjia-2022")}
"""The rulesets that a file decides about, if not about its own alone."""

Written = dict[str, Any]
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
Steps = tuple[str | int, ...]


class Mutant(NamedTuple):
    """A file with an `other` thing in the place of these `steps`. `name`: the file, the place, and
    what became of it."""

    name: str
    file: str
    steps: Steps = ()
    other: Any = None

    @property
    def ids(self) -> tuple[str, ...]:
        """The rulesets it decides about."""
        return READ_WITH.get(self.file, (self.file,))

    def loader(self, folder: Path) -> Callable[[str], Ruleset]:
        """Loads rulesets with the mutant, and no other one, among them."""
        folder = Path(mkdtemp(dir=folder))
        content = deepcopy(_read(self.file))
        if self.steps:
            _put(content, self.steps, self.other)
        text = yaml.dump(content, Dumper=DUMPER, allow_unicode=True, sort_keys=False)
        (folder / f"{self.file}.yaml").write_text(text, encoding="utf-8")
        return lambda id: load_ruleset(id, folder)


def same_points(load: Callable[[str], Ruleset], ids: tuple[str, ...]) -> bool:
    """Whether the rules decide about points as before on every day: the same figures under every
    reading, and the same rows for the same facts."""
    for id in ids:
        was, now = load_ruleset(id), load(id)
        starts = {*periods(was), *periods(now)}
        days = sorted(starts | {day - timedelta(1) for day in starts})
        if any(rules_digest(was, day) != rules_digest(now, day) for day in days):
            return False
        if [part.outside_cap for part in was.parts] != [part.outside_cap for part in now.parts]:
            return False
    return True


def control(file: str) -> Mutant:
    """The file as it is."""
    return Mutant(f"{file}: as it is", file)


@cache
def mutants() -> tuple[Mutant, ...]:
    """Every mutant of each file; of the rules before the revision one in three."""
    return tuple(
        one for file in FILES for one in _of_file(file)[:: 3 if file == "yongjia-original" else 1]
    )


def _of_file(file: str) -> list[Mutant]:
    written, found = _read(file), {}
    for steps, thing in _places(written, ()):
        for what, other in _others(steps, thing):
            name = f"{file}: {_told(written, steps)} {what}"
            found[name] = Mutant(name, file, steps, other)
    return list(found.values())


@cache
def _read(file: str) -> Written:
    text = packaged_rulesets()[file].read_text(encoding="utf-8")
    written: Written = yaml.safe_load(text)
    return written


def _places(thing: Any, steps: Steps) -> Iterator[tuple[Steps, Any]]:
    yield steps, thing
    if isinstance(thing, dict):
        for key, inside in thing.items():
            if key not in ("documents", "evidence", "remarks", "change", "source", "scope"):
                yield from _places(inside, (*steps, key))
    elif isinstance(thing, list):
        for number, inside in enumerate(thing):
            yield from _places(inside, (*steps, number))


GONE = object()


def _put(content: Any, steps: Steps, other: Any) -> None:
    *way, last = steps
    for step in way:
        content = content[step]
    if other is GONE:
        del content[last]
    else:
        content[last] = other


def _told(written: Any, steps: Steps) -> str:
    """A place by the ids on the way to it."""
    found = []
    for step in steps:
        written = written[step]
        if isinstance(step, str):
            found.append(step)
        elif isinstance(written, dict) and "id" in written:
            found[-1] = written["id"]
    return ".".join(found)


def _others(steps: Steps, thing: Any) -> Iterator[tuple[str, Any]]:
    """What a place could wrongly be, and what to call it."""
    key = next((step for step in reversed(steps) if isinstance(step, str)), "")
    if isinstance(thing, bool) or not steps:
        return
    if isinstance(thing, int | float):
        yield from _numbers(thing)
    elif isinstance(thing, date):
        if key == "from":
            yield "a day later", thing + timedelta(1)
            yield "a day earlier", thing - timedelta(1)
    elif isinstance(thing, str):
        yield from _words(key, thing)
    elif isinstance(thing, list) and key == "value":
        yield from _choices(thing)
    elif isinstance(thing, list) and key in ("items", "categories", "parts"):
        yield from _rows(thing)
    elif isinstance(thing, dict):
        yield from _blocks(key, thing)


def _numbers(number: float) -> Iterator[tuple[str, Any]]:
    yield f"{number} + 1", number + 1
    if number:
        less = number - 1 if number > 1 else number / 2
        yield f"{number} less: {less}", less


UNITS = {
    "points_per_month": "points_per_2_months",
    "points_per_12_months": "points_per_6_months",
    "points_per_year": "points_per_2_years",
    "points_per_time": "points_per_2_times",
    "points_per_1000_yuan": "points_per_10000_yuan",
    "points_per_10000_yuan": "points_per_1000_yuan",
    "years_of_age": "points",
}
RULES = {
    "tier": "flag",
    "flag": "tier",
    "per_unit": "per_count",
    "per_count": "per_unit",
    "per_choice": "tier",
    "between": "tier",
    "unpublished": "flag",
    "age_steps": "per_unit",
}
STATUSES = {"stated": "standard", "standard": "stated", "inferred": "stated"}
WAYS = {"sum": "highest", "highest": "sum"}


def _words(key: str, word: str) -> Iterator[tuple[str, Any]]:
    others = {"unit": UNITS, "rule": RULES, "status": STATUSES, "value": WAYS}.get(key, {})
    if word in others:
        yield f"{word} → {others[word]}", others[word]
    if key in ("fact", "facts") and word in FACTS:
        other = _alike(word)
        if other:
            yield f"{word} → {other}", other


def _alike(fact: str) -> str | None:
    """The next fact of the same type."""
    same = [id for id, one in FACTS.items() if one.type == FACTS[fact].type]
    other = same[(same.index(fact) + 1) % len(same)]
    return None if other == fact else other


def _choices(ids: list[str]) -> Iterator[tuple[str, Any]]:
    for id in ids:
        yield f"without {id}", [one for one in ids if one != id]
    fact = next(f for f in FACTS.values() if {*ids} <= {c.id for c in f.choices})
    every = [choice.id for choice in fact.choices]
    for at in (every.index(ids[0]) - 1, every.index(ids[-1]) + 1):
        if 0 <= at < len(every) and every[at] not in ids:
            yield f"with {every[at]}", [*ids, every[at]]


def _rows(rows: list[Any]) -> Iterator[tuple[str, Any]]:
    for at, row in enumerate(rows):
        id = row["id"] if isinstance(row, dict) else row
        yield f"without {id}", rows[:at] + rows[at + 1 :]
    if len(rows) > 1:
        yield "in another order", [rows[1], rows[0], *rows[2:]]


def _blocks(key: str, block: Written) -> Iterator[tuple[str, Any]]:
    if key in ("cap", "combine", "joint_caps", "choices", "rate", "points", "high", "conflicts"):
        yield "missing", GONE
    if key == "readings" and len(block) > 1:
        names, contents = list(block), list(block.values())
        yield "swapped", dict(zip(names, (contents[1], contents[0], *contents[2:]), strict=True))
        yield f"without {names[1]}", {n: c for n, c in block.items() if n != names[1]}
        if any("default" in one for one in contents):
            yield "another default", _other_default(block)
    yield from _kinds(block)


def _other_default(readings: Written) -> Written:
    return {
        name: {k: v for k, v in one.items() if k != "default"}
        | ({} if "default" in one else {"default": True})
        for name, one in readings.items()
    }


def _kinds(row: Written) -> Iterator[tuple[str, Any]]:
    """Another kind of rule with the keys that it wants."""
    rule = row.get("rule")
    rest = {key: value for key, value in row.items() if key not in ("points", "rate", "cap")}
    if rule == "flag":
        high = {"value": 1000, "unit": "points"}
        yield "flag → between", {**row, "rule": "between", "high": high}
    if rule == "per_count" and len(row["facts"]) == 1:
        rest.pop("facts")
        yield (
            "per_count → unpublished",
            {**rest, "rule": "unpublished", "fact": row["facts"][0], "status": "unpublished"},
        )
    if rule == "per_choice":
        points = {"value": row["rate"]["value"], "unit": "points"}
        yield "per_choice → tier", {**rest, "rule": "tier", "points": points}
    if rule == "tier" and "points" in row:
        high = {"value": 1000, "unit": "points"}
        yield "tier → between", {**row, "rule": "between", "high": high}
