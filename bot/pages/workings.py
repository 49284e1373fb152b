"""How one row was counted, in the words of the chat's explanations."""

from datetime import date
from typing import Any

from dialogs.words import day, say
from scoring import Fact, Ruleset
from scoring.results import ItemResult


def worked(rules: Ruleset, item: ItemResult) -> str:
    """The arithmetic, the doubts and the source of one row, several lines."""
    return say(f"explain/{item.rule}", item=item, answer=_answer(rules, item))


def _answer(rules: Ruleset, item: ItemResult) -> str | None:
    """What the person answered to the row's facts; None where nothing was."""
    said = [
        _said(rules.catalogue[fact], value)
        for fact, value in item.explanation.answers
        if value is not None
    ]
    return "、".join(said) or None


def _said(fact: Fact, value: Any) -> str:
    labels = {choice.id: choice.label for choice in fact.choices}
    match value:
        case bool():
            return fact.label
        case date():
            return day(value)
        case frozenset():
            return "、".join(label for id, label in labels.items() if id in value)
        case str():
            return labels.get(value, value)
        case _:
            return f"{value} {fact.unit}"
