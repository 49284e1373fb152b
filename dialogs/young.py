"""Whether a person says to be under 14: their data need a guardian's consent (article 31 of China's
Personal Information Protection Law), so none of it is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from dialogs import data
from dialogs.conversation import Facts
from dialogs.flow import Talk
from dialogs.intents.household import in_first_person
from dialogs.interpret import hear
from dialogs.language.recognisers.dates_in_text import find_moments
from dialogs.language.recognisers.unnamed import AGE, BIRTH
from dialogs.language.text import clean
from dialogs.law import law
from dialogs.recent import asked
from dialogs.utterance import Said
from scoring.ages import complete_years

GUARDED_BELOW = int(law()["child_age"])
"""Complete years."""
_MAY_TELL = re.compile(r"[岁级生学初\d年月]")
_CLAUSES = re.compile(r"[，,。.;；！!？?\s]+")


def young_among(facts: Facts, today: date) -> bool:
    """Whether the date of birth, or the age, among these facts is that of a child under 14."""
    born, age = facts.get(BIRTH), facts.get(AGE)
    if isinstance(age, int) and age < GUARDED_BELOW:
        return True
    return born is not None and complete_years(date.fromisoformat(str(born)), today) < GUARDED_BELOW


def is_young(talk: Talk, said: Said) -> bool:
    """Whether a message says that the one whose turn it is is under 14."""
    if said.tap is not None or not _MAY_TELL.search(said.text):
        return False
    whose = talk.conversation.whose
    text = in_first_person(said.text, whose) if whose else said.text
    question = asked(talk.conversation) if talk.conversation.waiting else None
    at_birth = question is not None and question.fact == BIRTH
    if _says_so(text, at_birth):
        return True
    if not at_birth and not _names_a_late_year(text, talk.today):
        return False
    return young_among(
        hear(question if at_birth else None, Said(text), talk.today).facts, talk.today
    )


def _names_a_late_year(text: str, today: date) -> bool:
    """Whether a year is named in which a person under 14 may have been born: most messages name
    none, and need no analysis."""
    moments = find_moments(clean(text, keep_spaces=True), today)
    return any(one.year >= today.year - GUARDED_BELOW for one in moments)


def _says_so(text: str, at_birth: bool) -> bool:
    known = _patterns()
    ways = [known["age"], known["school"], *([known["asked"]] if at_birth else [])]
    clauses = _CLAUSES.split(clean(text))
    return any(way.fullmatch(clause) for clause in clauses for way in ways)


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    written: dict[str, str] = data.load("dialogs", "intents.yaml", dict[str, Any])["young"]
    age = f"(?:{written.pop('figure')})"
    return {name: re.compile(way.replace("{age}", age)) for name, way in written.items()}
