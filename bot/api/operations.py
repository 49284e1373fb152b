"""What can be asked, by its name: each is a function of facts, ruleset and day.

This is the one list of them. The addresses of the API, its description and its page are made from
it (`views`, `openapi`, `page`), and so are the tools of a language model (`tools`).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from pydantic import BaseModel, ValidationError

from bot.api import models
from bot.api.problems import MOST_ERRORS, ProblemError
from bot.api.rulebook import Rulebook
from dialogs.explaining import explain
from dialogs.phrases import say
from scoring import (
    Determination,
    FactsError,
    Ruleset,
    advise,
    compare,
    determination,
    differences_from,
    estimate,
    estimate_json,
    open_facts,
    read_facts,
)
from scoring.analysis.determination import rules_digest
from scoring.engine.results import ItemResult, plain
from scoring.version import ENGINE

LARGEST = 16_384  # bytes of a question; all facts of a person are less than 3,000
NOTHING = b"{}"  # what is asked where there is nothing to say
AMOUNTS = ("id", "label", "points", "low", "high")


@dataclass(frozen=True)
class Call:
    """One question, with the rules that it is about."""

    book: Rulebook
    asked: Any

    @property
    def ruleset(self) -> Ruleset:
        """The one asked for, by default the county's."""
        return ruleset_of(self.book, self.asked.ruleset, "ruleset")

    def head(self) -> dict[str, Any]:
        """What every answer begins with."""
        ruleset, on = self.ruleset, self.on
        id = determination(ruleset, self.asked.facts, on=on, key=self.book.signing)
        return {"determination": str(id), "ruleset": ruleset.id, "on": on.isoformat()}

    @property
    def on(self) -> date:
        """The day asked for, by default today."""
        return self.asked.on or self.book.today()


@dataclass(frozen=True)
class Operation:
    """`asked` and `answered` are what goes in and comes out, as the description says it."""

    name: str
    asked: type[BaseModel]
    answered: type[BaseModel]
    answer: Callable[[Call], dict[str, Any]]

    @property
    def is_about_a_person(self) -> bool:
        """Whether facts are sent."""
        return "facts" in self.asked.model_fields

    def told(self, book: Rulebook, body: bytes) -> dict[str, Any]:
        """The answer to a JSON text. Raises ProblemError: there is none."""
        try:
            asked: Any = self.asked.model_validate_json(body)
        except ValidationError as error:
            raise ProblemError.of_validation(error, self.asked.model_fields) from None
        try:
            return self.answer(Call(book, asked))
        except FactsError as error:
            faults = islice(_faults(book, asked.facts), MOST_ERRORS)
            raise ProblemError.of_facts(list(faults) or [error]) from None


def _faults(book: Rulebook, facts: Mapping[str, Any]) -> Iterator[FactsError]:
    """What is wrong with each fact by itself, so that a program learns of all at once."""
    catalogue = {id: fact for one in book.all() for id, fact in one.catalogue.items()}
    for id, value in facts.items():
        try:
            read_facts({id: value}, catalogue)
        except FactsError as error:
            yield error


def ruleset_of(book: Rulebook, id: str | None, field: str) -> Ruleset:
    """A ruleset by its id, the county's without one. Raises ProblemError: there is none."""
    try:
        return book.current() if id is None else book.ruleset(id)
    except KeyError:
        known = "、".join(book.ids())
        raise ProblemError("ruleset", field=field, known=known) from None


def rulesets(call: Call) -> dict[str, Any]:
    """All there are. No day is said, so that the answer is the same while they are."""
    book = call.book
    today, current = book.today(), book.current().id
    told = [
        {
            "id": one.id,
            "title": one.title,
            "predecessor": one.predecessor,
            "current": one.id == current,
            "digest": rules_digest(one, today),
            "amendments": plain(one.origin.in_force(today)),
        }
        for one in book.all()
    ]
    return {"engine": ENGINE, "rulesets": told}


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
    return estimate_json(call.ruleset, call.asked.facts, on=call.on, key=call.book.signing)


def explained(call: Call) -> dict[str, Any]:
    """The arithmetic of every row that gives points or may give some, in words."""
    catalogue = call.ruleset.catalogue
    result = estimate(call.ruleset, call.asked.facts, on=call.on)

    def row(item: ItemResult) -> dict[str, Any]:
        text = explain(item, catalogue)
        return {**amounts(item), "source": plain(item.source), "text": text}

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
    before = ruleset_of(call.book, call.asked.before, "before")
    found = compare(before, after, call.asked.facts, on=call.on)
    known = {id: value for id, value in call.asked.facts.items() if id in after.catalogue}
    head = Call(call.book, call.asked.model_copy(update={"facts": known})).head()
    return {**head, "compare": found.as_json()}


def determined(call: Call) -> dict[str, Any]:
    """Whether facts gave the estimate of a determination id, and what is otherwise."""
    try:
        id = Determination.read(call.asked.determination)
        if not models.FIRST <= id.on <= models.LAST:
            raise ValueError("no day that can be asked for")
    except ValueError:
        raise ProblemError("determination", field="determination") from None
    return confirmed(call.book, id, call.asked.facts)


def confirmed(book: Rulebook, id: Determination, facts: Any) -> dict[str, Any]:
    """The same, of an id that was read. Raises FactsError."""
    differs: tuple[str, ...] = ("ruleset",)
    result = None
    if id.ruleset in book.ids():
        ruleset = book.ruleset(id.ruleset)
        result = estimate(ruleset, facts, on=id.on)
        differs = differences_from(id, ruleset, facts, book.checking)
    return {
        "determination": str(id),
        "confirmed": not differs,
        "differs": list(differs),
        "text": say("cli/determine", id=id, differs=differs, result=result, engine=ENGINE),
        "estimate": result.as_json() if result else None,
    }


OPERATIONS = {
    one.name: one
    for one in (
        Operation("rulesets", models.AskedNothing, models.RulesetsAnswer, rulesets),
        Operation("questions", models.Asked, models.QuestionsAnswer, questions),
        Operation("estimate", models.Asked, models.EstimateAnswer, estimated),
        Operation("explain", models.Asked, models.ExplainAnswer, explained),
        Operation("evidence", models.Asked, models.EvidenceAnswer, evidence),
        Operation("advice", models.Asked, models.AdviceAnswer, advice),
        Operation("compare", models.AskedCompare, models.CompareAnswer, compared),
        Operation("determine", models.AskedDetermine, models.DetermineAnswer, determined),
    )
}
