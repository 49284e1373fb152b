"""What is missing in a county's folder, and what still speaks of another county."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from pydantic import BaseModel, ValidationError

from dialogs import data
from dialogs.region.admissions import FILE as ADMISSIONS
from dialogs.region.admissions import Admissions
from dialogs.region.load import FILE
from dialogs.region.model import Region
from dialogs.region.plausible import Doubt, of_admissions, of_region, of_rows
from scoring import Fault, RulesetError, load_ruleset
from scoring.counties import PACKAGED, RULES
from scoring.rulefile.checks.written import faults_of
from scoring.rulefile.chinese import in_chinese
from scoring.rulefile.yaml_source import (
    LocatedDict,
    full_width,
    not_half_width,
    parse_yaml,
    read_yaml,
)

TO_FILL = re.compile(r"#\s*待填[：:，\s]*")
QUOTED = re.compile(r"#\s*引用\s*$")
_COMMENT = re.compile(r"(?:^|\s)#.*$")
_PLACES = ("former:", "places:")
"""Blocks of county.yaml that name other places by their nature, up to the next block."""


class Finding(NamedTuple):
    """Something to do: the file, its line (0: the whole file) and a sentence."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}" if self.line else f"{self.file}: {self.text}"


def check(county: Path, lang: str = "zh", today: date = date.max) -> list[Finding]:
    """Everything in a county's folder that a person has to look at; by `today`, what is still to
    come. The rules' own faults are found by `scoring`."""
    found = [*_of_region(county, lang, today)]
    for file in sorted(county.rglob("*")):
        if file.suffix in (".yaml", ".txt"):
            found += _of_lines(file, str(file.relative_to(county)), _others(county), lang)
    return found


def _of_region(county: Path, lang: str, today: date) -> Iterator[Finding]:
    file = county / ADMISSIONS
    published = file.is_file()
    if published and (wrong := _faults_of_admissions(partial(read_yaml, file), lang)):
        published = False
        yield from wrong
    if faults := _faults(partial(read_yaml, county / FILE), FILE, Region, lang):
        yield from faults
        return
    region = data.read(county / FILE, Region)
    yield from _doubts(FILE, of_region(region, today), lang)
    if published:
        told = Admissions.model_validate(data.read(file, Any) or {})
        yield from _doubts(ADMISSIONS, of_admissions(told, region), lang)
    if not region.townships:
        yield Finding(FILE, 0, _say("no_townships", lang))
    try:
        rules = load_ruleset(region.ruleset, county / RULES)
    except RulesetError as error:
        if error.key == region.ruleset:
            yield Finding(RULES, 0, _say("no_ruleset", lang, name=region.ruleset))
        return
    yield from _doubts(RULES, of_rows(rules), lang)
    if rules.region != region.title:
        said = _say("another_region", lang, name=rules.region, title=region.title)
        yield Finding(RULES, 0, said)
    if len(rules.parts) == 1:
        yield Finding(RULES, 0, _say("common_only", lang))


def _doubts(file: str, doubts: Iterator[Doubt], lang: str) -> Iterator[Finding]:
    for id, values in doubts:
        yield Finding(file, 0, _say(id, lang, **values))


def admissions_faults(text: str, lang: str = "zh") -> list[Finding]:
    """What is wrong with a text that is to be the file of what the office publishes."""
    return _faults_of_admissions(partial(parse_yaml, text, ADMISSIONS), lang)


def _faults_of_admissions(read: Callable[[], Any], lang: str) -> list[Finding]:
    return _faults(read, ADMISSIONS, Admissions, lang) or list(_twice(read() or {}, lang))


def _twice(written: dict[str, Any], lang: str) -> Iterator[Finding]:
    """The same thing told twice from the same day: nobody could say which of them holds."""
    for entries in written.values():
        lines: dict[tuple[object, ...], int] = {}
        for one in entries or ():
            thing = tuple(one.get(key, "") for key in ("purpose", "year", "place", "from"))
            if (first := lines.setdefault(thing, one.line)) != one.line:
                yield Finding(ADMISSIONS, one.line, _say("twice", lang, line=str(first)))


def _faults(read: Callable[[], Any], name: str, model: type[BaseModel], lang: str) -> list[Finding]:
    """What is wrong with the shape of a file; an empty one says nothing."""
    try:
        written = _mapping(read() or LocatedDict(name, 1), name)
        model.model_validate(written)
    except RulesetError as error:
        found = list(error.faults)
    except ValidationError as error:
        found = faults_of(error, model, written)
    else:
        return []
    return [_finding(one, lang) for one in found]


def _mapping(read: Any, name: str) -> Any:
    """What is read, if it consists of keys. Raises RulesetError."""
    if isinstance(read, LocatedDict):
        return read
    what, fix = (
        f"this is not a group of keys: {str(read)[:60]!r}",
        "write keys and values, indented under it",
    )
    if wrong := full_width(str(read)):
        what, fix = not_half_width(*wrong)
    raise RulesetError([Fault(name, 1, "YAML", what, fix)])


def _finding(fault: Fault, lang: str) -> Finding:
    what, fix = fault.what, fault.fix
    if lang == "zh":
        what, fix = in_chinese(what), in_chinese(fix)
    said = _say("fault", lang, key=fault.key, what=what, fix=fix)
    return Finding(fault.file, fault.line, said)


def _of_lines(file: Path, name: str, others: re.Pattern[str], lang: str) -> Iterator[Finding]:
    places = False
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if line[:1].isalpha():
            places = name == FILE and line.startswith(_PLACES)
        if marked := TO_FILL.search(line):
            text = line[marked.end() :].strip() or line.partition(":")[0].strip()
            yield Finding(name, number, _say("to_fill", lang, text=text))
        said = others.search(_COMMENT.sub("", line))
        if said and not places and not QUOTED.search(line):
            yield Finding(name, number, _say("other_county", lang, name=said[0]))


def _others(county: Path) -> re.Pattern[str]:
    """The names of the packaged counties and of their townships, but for this one's.

    >>> _others(PACKAGED / "yongjia").search("瑞安的表")[0]
    '瑞安'
    """
    folders = (file.parent for file in PACKAGED.glob(f"*/{FILE}"))
    names = {name for one in folders for name in _names(one)} - {*_names(county), ""}
    return re.compile("|".join(map(re.escape, sorted(names))) or "(?!)")


def _names(county: Path) -> list[str]:
    try:
        read = data.read(county / FILE, Any)
    except (OSError, yaml.YAMLError):
        return []
    if not isinstance(read, dict):
        return []
    townships = read.get("townships")
    own = [one for one in townships if isinstance(one, dict)] if isinstance(townships, list) else []
    return [str(one.get("name", "")) for one in (read, *own)]


def _say(id: str, lang: str, **values: object) -> str:
    return _texts()[id][lang].format(**values)


@cache
def _texts() -> dict[str, dict[str, str]]:
    return data.load("dialogs.region", "faults.yaml", dict[str, dict[str, str]])
