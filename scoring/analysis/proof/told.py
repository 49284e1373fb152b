"""Answers of a proof as facts that a person can tell."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from scoring.ages import AGE, TOLD_ON, Ages
from scoring.months import months_later
from scoring.rulefile.facts import Fact


def as_facts(answers: Mapping[str, Any], catalogue: Mapping[str, Fact], on: date) -> dict[str, Any]:
    """The facts behind a category's answers on a day: a date of birth for an age, for two possible
    ages the younger, told the day before. An unknown fact is None."""
    found: dict[str, Any] = {}
    for fact, answer in answers.items():
        if isinstance(answer, Ages):
            found |= {AGE: answer.least, TOLD_ON: on - timedelta(days=1)}
        elif catalogue[fact].type == "date" and isinstance(answer, int):
            found[fact] = months_later(on, -12 * answer)
        else:
            found[fact] = answer
    return found
