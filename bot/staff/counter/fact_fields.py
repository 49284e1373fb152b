"""Facts as fields of a form: a clerk writes the same answers as the citizen."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from dialogs.language import Kind, Understood, parse
from dialogs.language.text import clean
from dialogs.phrases import say as phrase
from dialogs.questions import KINDS
from scoring.errors import FactsError
from scoring.rulefile.facts import Fact, read_facts

LONGEST = 20
YES, NO = "yes", "no"
NONE = "none"  # of a list: the box that says that nothing of it applies
_AGE: Kind = "count"


class AnswerError(Exception):
    """What was typed is no answer of this kind, or is out of the bounds of the fact."""


def read_field(fact: Fact, typed: Sequence[str], today: date) -> Any:
    """The answer in a field, None where it is empty. A bare number is in the fact's own unit.

    Raises:
        AnswerError: see there.
    """
    given = [text[:LONGEST].strip() for text in typed if text.strip()]
    if not given:
        return None
    try:
        return read_facts({fact.id: _value(fact, given, today)}, {fact.id: fact})[fact.id]
    except FactsError as error:
        raise AnswerError from error


def _value(fact: Fact, given: Sequence[str], today: date) -> Any:
    match fact.type:
        case "set":
            return [one for one in given if one != NONE]
        case "yesno":
            return {YES: True, NO: False}.get(given[0], given[0])
        case "choice":
            return given[0]
    text = clean(given[0])
    if fact.type != "date" and text.isascii() and text.isdigit():
        return int(text)
    found = parse(KINDS.get(fact.type, _AGE), given[0], today)
    if not isinstance(found, Understood):
        raise AnswerError
    if isinstance(found.value, date) and found.value > today:
        raise AnswerError
    return found.value


def field_texts(fact: Fact, value: Any) -> list[str]:
    """A stored answer as its field has it; several for a list, none for what is unknown."""
    match fact.type:
        case _ if value is None:
            return []
        case "set":
            return sorted(value) or [NONE]
        case "yesno":
            return [YES if value else NO]
    return [str(value)]


def in_words(fact: Fact, value: Any) -> str:
    """A stored answer as people read it; "" where it is unknown."""
    return "" if value is None else phrase("fact", fact=fact, value=value)
