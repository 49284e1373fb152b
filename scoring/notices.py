"""What must be said with a result. The texts are data: notices.yaml, and a ruleset's remarks."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from scoring.compiled import RulesAt
from scoring.facts import Facts
from scoring.located import read_yaml
from scoring.results import Notice

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


def notices_for(
    rules: RulesAt, facts: Facts, on: date, verified_within: timedelta
) -> tuple[Notice, ...]:
    """Everything that must be said, the gravest first."""
    return tuple(
        Notice(id, texts()[id].format_map(values) if id in texts() else values["text"])
        for id, values in _due(rules, facts, on, verified_within)
    )


def _due(
    rules: RulesAt, facts: Facts, on: date, verified_within: timedelta
) -> Iterator[tuple[str, dict[str, str]]]:
    ruleset = rules.ruleset
    if on < rules.first:
        yield "before_first_value", {"first": rules.first.isoformat(), "on": on.isoformat()}
    elif rules.undated:
        yield "undated_items", {"on": on.isoformat(), "items": "、".join(rules.undated)}
    permit = _PERMIT.get(facts.get("permit"))
    if permit is not None:
        yield permit, {}
    if rules.oldest_check is not None and on > rules.oldest_check + verified_within:
        checked, days = rules.oldest_check.isoformat(), str(verified_within.days)
        yield "over_aged", {"verified_on": checked, "days": days}
    if rules.repealed:
        yield "repealed_items", {"items": "、".join(rules.repealed)}
    yield "deductions_possible", {}
    for remark in ruleset.remarks:
        if remark.from_ is None or remark.from_ <= on:
            yield remark.id, {"text": remark.text}
    yield "estimate_only", {"title": ruleset.title, "on": on.isoformat()}
