"""What a county's files say that cannot be: telephones, years, names of townships, ids of rows."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from dialogs.region.admissions import Admissions
from dialogs.region.model import Region
from scoring import Ruleset, load_ruleset
from scoring.counties import packaged_rulesets
from scoring.rulefile.facts import FACTS

_PHONE = re.compile(r"(?:\d{3,4}-?)?\d{7,8}|1\d{10}|\d{5}")


class Doubt(NamedTuple):
    """A sentence of `faults.yaml` by its id, and what fills it."""

    id: str
    values: Mapping[str, object]


def of_region(region: Region, today: date) -> Iterator[Doubt]:
    """Telephones that are none, a year to come, names that end in what kind of place it is."""
    own = ("telephone", region.telephone.phone)
    for key, phone in (own, *((one.title, one.telephone) for one in region.townships)):
        if phone and not _PHONE.fullmatch(phone):
            yield Doubt("phone", {"key": key, "phone": phone})
    if (year := region.telephone.published) > today.year:
        yield Doubt("to_come", {"key": "telephone.published", "year": year})
    for one in region.townships:
        if len(one.name) > len(one.kind) + 1 and one.name.endswith(one.kind):
            short = one.name.removesuffix(one.kind)
            yield Doubt("suffix", {"name": one.name, "kind": one.kind, "short": short})


def of_admissions(told: Admissions, region: Region) -> Iterator[Doubt]:
    """Places that are no townships of the county; 全县 and 全市 are all of them."""
    names = {region.title, region.name, "全县", "全市", "全区", *region.township_names}
    names |= {one.title for one in region.townships}
    for one in told.admissions:
        if one.place not in names:
            yield Doubt(
                "no_township", {"purpose": one.purpose, "year": one.year, "place": one.place}
            )


def of_rows(rules: Ruleset) -> Iterator[Doubt]:
    """Rows of a common fact none of which has an id by which answers find it."""
    for fact, ids in _by_fact([rules]).items():
        usual = _usual().get(fact, ids)
        if ids.isdisjoint(usual):
            values = {"row": "、".join(sorted(ids)), "label": FACTS[fact].label}
            yield Doubt("no_answer", values | {"usual": "、".join(sorted(usual))})


@cache
def _usual() -> Mapping[str, set[str]]:
    return _by_fact(load_ruleset(id) for id in packaged_rulesets())


def _by_fact(rulesets: Iterable[Ruleset]) -> dict[str, set[str]]:
    """The ids of rows by their common facts."""
    found: dict[str, set[str]] = {}
    for item in (item for one in rulesets for item in one.items() if item.rows):
        for fact in FACTS.keys() & item.fact_ids():
            found.setdefault(fact, set()).add(item.id)
    return found
