"""What can be asked, by its name in the address. Each is a function of facts, ruleset and day."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from bot.api import models
from bot.api.problems import ProblemError
from bot.determination import signing
from bot.sealing.keyring import keyring_of
from bot.service import Service
from dialogs.explaining import explain
from scoring import (
    Ruleset,
    advise,
    compare,
    determination,
    estimate,
    estimate_json,
    open_facts,
)
from scoring.analysis.determination import Keyed, rules_digest
from scoring.engine.results import ItemResult, plain
from scoring.version import ENGINE

AMOUNTS = ("id", "label", "points", "low", "high")


@dataclass(frozen=True)
class Operation:
    """`asked` None: it is a GET without a body."""

    name: str
    asked: type[models.Asked] | None
    answered: type[BaseModel]
    answer: Callable[..., dict[str, Any]]


@dataclass(frozen=True)
class Call:
    """One question, with the rules that it is about."""

    service: Service
    asked: Any

    @property
    def ruleset(self) -> Ruleset:
        """The one asked for, by default the county's."""
        return ruleset_of(self.service, self.asked.ruleset, "ruleset")

    def head(self) -> dict[str, Any]:
        """What every answer begins with."""
        ruleset, on = self.ruleset, self.on
        id = determination(ruleset, self.asked.facts, on=on, key=self.key)
        return {"determination": str(id), "ruleset": ruleset.id, "on": on.isoformat()}

    @property
    def on(self) -> Any:
        """The day asked for, by default today."""
        return self.asked.on or self.service.clock().date()

    @property
    def key(self) -> Keyed | None:
        """What makes determination ids here."""
        return signing(keyring_of(self.service.engine.dialect))


def ruleset_of(service: Service, id: str | None, field: str) -> Ruleset:
    """A ruleset by its id, the county's without one. Raises ProblemError: there is none."""
    try:
        found: Ruleset = service.rules() if id is None else service.ruleset(id)
    except KeyError:
        known = "、".join(service.ruleset_ids())
        raise ProblemError("ruleset", field=field, known=known) from None
    return found


def rulesets(service: Service) -> dict[str, Any]:
    """All there are. No day is said, so that the answer is the same while they are."""
    today, current = service.clock().date(), service.rules().id
    told = [
        {
            "id": one.id,
            "title": one.title,
            "predecessor": one.predecessor,
            "current": one.id == current,
            "digest": rules_digest(one, today),
            "amendments": plain(one.origin.in_force(today)),
        }
        for one in all_rulesets(service)
    ]
    return {"engine": ENGINE, "rulesets": told}


def all_rulesets(service: Service) -> tuple[Ruleset, ...]:
    """Those that can be asked for."""
    return tuple(service.ruleset(id) for id in service.ruleset_ids())


def questions(call: Call) -> dict[str, Any]:
    """What is left to ask; `permit` too, which decides whether points are given at all."""
    catalogue = call.ruleset.catalogue
    left = open_facts(call.ruleset, call.asked.facts, call.on)
    if call.asked.facts.get("permit") is None:
        left = ("permit", *left)
    names = models.OpenQuestion.model_fields
    told = [{name: plain(getattr(catalogue[id], name)) for name in names} for id in left]
    return {**call.head(), "questions": told}


def estimated(call: Call) -> dict[str, Any]:
    """As `xinshimin estimate --json`."""
    return estimate_json(call.ruleset, call.asked.facts, on=call.on, key=call.key)


def explained(call: Call) -> dict[str, Any]:
    """The arithmetic of every row that gives points or may give some, in words."""
    catalogue = call.ruleset.catalogue
    result = estimate(call.ruleset, call.asked.facts, on=call.on)

    def row(item: ItemResult) -> dict[str, Any]:
        return {**amounts(item), "text": explain(item, catalogue)}

    def amounts(thing: Any) -> dict[str, Any]:
        return {name: plain(getattr(thing, name)) for name in AMOUNTS}

    categories = [
        {**amounts(one), "items": [row(item) for item in one.items if item.low or item.high]}
        for one in result.categories()
    ]
    total = {name: plain(getattr(result, name)) for name in AMOUNTS[2:]}
    return {**call.head(), **total, "categories": categories}


def evidence(call: Call) -> dict[str, Any]:
    """The papers to bring."""
    result = estimate(call.ruleset, call.asked.facts, on=call.on)
    return {**call.head(), "evidence": plain(result.evidence)}


def advice(call: Call) -> dict[str, Any]:
    """What would add points."""
    steps = advise(call.ruleset, call.asked.facts, on=call.on)
    return {**call.head(), "advice": [step.as_json() for step in steps]}


def compared(call: Call) -> dict[str, Any]:
    """Under another ruleset, as it was before a reform."""
    after = call.ruleset
    before = ruleset_of(call.service, call.asked.before, "before")
    found = compare(before, after, call.asked.facts, on=call.on)
    known = {id: value for id, value in call.asked.facts.items() if id in after.catalogue}
    head = Call(call.service, call.asked.model_copy(update={"facts": known})).head()
    return {**head, "compare": found.as_json()}


OPERATIONS = {
    one.name: one
    for one in (
        Operation("rulesets", None, models.RulesetsAnswer, rulesets),
        Operation("questions", models.Asked, models.QuestionsAnswer, questions),
        Operation("estimate", models.Asked, models.EstimateAnswer, estimated),
        Operation("explain", models.Asked, models.ExplainAnswer, explained),
        Operation("evidence", models.Asked, models.EvidenceAnswer, evidence),
        Operation("advice", models.Asked, models.AdviceAnswer, advice),
        Operation("compare", models.AskedCompare, models.CompareAnswer, compared),
    )
}
