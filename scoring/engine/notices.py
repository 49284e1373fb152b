"""What must be said with a result. The texts are data: notices.yaml, and a ruleset's remarks."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path

from scoring.ages import contradicts
from scoring.engine.compile import RulesAt
from scoring.engine.results import Notice
from scoring.rulefile.facts import Facts
from scoring.rulefile.yaml_source import read_yaml

_PERMIT = {
    None: "permit_unknown",
    "none": "permit_none",
    "registration_only": "permit_registration_only",
}


@cache
def texts() -> Mapping[str, str]:
    """The texts by id, with places to fill in."""
    written: Mapping[str, str] = read_yaml(Path(__file__).with_name("notices.yaml"))
    return written


def why_open(about: str) -> str:
    """Why something can be read in several ways, by `Conflict.about`."""
    return texts()[about]


def notices_for(rules: RulesAt, facts: Facts, on: date) -> tuple[Notice, ...]:
    """Everything that must be said, the gravest first."""
    deductions = "deductions_beyond" if rules.offences else "deductions_possible"
    if any(fact not in facts for fact in rules.offences):
        deductions = "deductions_presumed_none"
    notices = _notices(rules, facts.get("permit"), deductions, on)
    return (_say("age_contradicts"), *notices) if contradicts(facts, on) else notices


@lru_cache(maxsize=1024)
def _notices(rules: RulesAt, permit: str | None, deductions: str, on: date) -> tuple[Notice, ...]:
    return (
        *_about_values(rules, on),
        *([_say(_PERMIT[permit])] if permit in _PERMIT else []),
        _say(deductions),
        *_remarks(rules, on),
        *_amended(rules),
        _say("estimate_only", title=rules.ruleset.title, on=on.isoformat()),
    )


def _about_values(rules: RulesAt, on: date) -> Iterator[Notice]:
    """Values that do not hold yet, hold no longer, or were last looked at too long ago."""
    if on < rules.first:
        yield _say("before_first_value", first=rules.first.isoformat(), on=on.isoformat())
    elif rules.undated:
        yield _say("undated_items", on=on.isoformat(), items=texts()["and"].join(rules.undated))
    days = rules.ruleset.verified_within_days
    if rules.oldest_check is not None and on > rules.oldest_check + timedelta(days=days):
        yield _say("over_aged", verified_on=rules.oldest_check.isoformat(), days=str(days))
    if rules.repealed:
        yield _say("repealed_items", items=texts()["and"].join(rules.repealed))


def _remarks(rules: RulesAt, on: date) -> Iterator[Notice]:
    for remark in rules.ruleset.remarks:
        if remark.from_ is None or remark.from_ <= on:
            yield Notice(remark.id, remark.text)


def _amended(rules: RulesAt) -> Iterator[Notice]:
    """The office's files that are in force, each with its first day."""
    first: dict[str, date] = {}
    for one in rules.amendments:
        first[one.title] = min(one.since, first.get(one.title, one.since))
    told = [
        texts()["amending"].format(title=title, since=since.isoformat())
        for title, since in first.items()
    ]
    if told:
        yield _say("amended", titles=texts()["and"].join(told))


def _say(id: str, **values: str) -> Notice:
    return Notice(id, texts()[id].format_map(values))
