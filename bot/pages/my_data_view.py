"""What is kept about a person arranged for reading; words are in `templates/pages/my_data.yaml`.

Whatever has no words there is shown under its own name: nothing that is kept may be invisible.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from pydantic import ValidationError

from bot.clock import ZONE
from bot.page_sessions import LASTS
from bot.retention import reply_hours
from bot.service import Service
from bot.settings import Settings
from bot.web.stored_words import words as stored_words
from dialogs import data
from dialogs.booking.purposes import PURPOSES
from dialogs.booking.townships import townships
from dialogs.conversation import Conversation
from dialogs.flow import Talk
from dialogs.flows.change import changeable
from dialogs.phrases import day, points
from dialogs.readback import value as value_of
from scoring import FACTS, FactsError, read_facts

MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d|Z))?")
LINK = re.compile(r"</?a\b[^>]*>")  # the only markup of a stored reply
TALK = "conversation"
# What the program needs to go on with a talk; it stands in the file, below the words.
IN_THE_FILE = {
    *("revision", "consented", "facts", "answered", "passed", "waiting", "misses"),
    *("whose", "aside", "recent", "amendments"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A label with its text, or with the records `inside` it."""

    label: str
    text: str = ""
    inside: tuple["Record", ...] = ()


Record = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of kept data: when it goes, and its records."""

    title: str
    goes: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one kind: labels of keys in their order, and what stored words mean."""

    keys: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]

    def record(self, kept: Mapping[str, Any]) -> Record:
        """One record, known keys first; those without a value are left out."""
        order = dict.fromkeys((*self.keys, *kept))
        shown = (key for key in order if not _is_empty(kept.get(key)))
        return tuple(self.line(key, kept[key]) for key in shown)

    def line(self, key: str, value: Any) -> Line:
        """One key with its value, which may hold records in turn."""
        label = self.keys.get(key, key)
        if isinstance(value, dict):
            return Line(label, inside=(self.record(value),))
        if isinstance(value, list) and all(isinstance(one, dict) for one in value):
            return Line(label, inside=tuple(self.record(one) for one in value))
        return Line(label, self.text(key, value))

    def text(self, key: str, value: Any) -> str:
        """A value as people read it."""
        if isinstance(value, bool):
            return str(_file()["said"][value])
        if isinstance(value, list):
            return "、".join(self.text(key, one) for one in value)
        if isinstance(value, int | float):
            return points(value if isinstance(value, int) else Decimal(str(value)))
        if not isinstance(value, str):
            return str(value)
        if key == "reply":
            return LINK.sub("", value)
        return self.values.get(key, {}).get(value) or _moment(value) or value


def _is_empty(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(_is_empty, value.values()))
    return value in (None, "", [])


def sections(kept: Mapping[str, Any], service: Service) -> list[Section]:
    """All that `people.everything_about` gave, in the order of the words; unknown kinds last."""
    told, found, times = _file(), dict(_by_kind(kept)), _times(service.settings)
    choices = _choices(service)
    made = []
    for kind in dict.fromkeys((*told["kinds"], *found)):
        if kind not in found:
            continue
        own = told["kinds"].get(kind, {"title": kind})
        keys = own.get("keys", {})
        words = Words({**keys, **told["keys"], **keys}, choices | own.get("values", {}))
        records = tuple(map(words.record, found[kind]))
        if kind == TALK:
            records = (_answers(kept[TALK]["state"], service, words), *records)
        goes = own.get("goes", "").format_map(times)
        made.append(Section(own["title"], goes, tuple(filter(None, records))))
    return made


def _by_kind(kept: Mapping[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    """Every holder's records as one list, or one for each of its parts."""
    for name, value in kept.items():
        if name == TALK:
            state = {key: one for key, one in value["state"].items() if key not in IN_THE_FILE}
            state["early"] = list(map(_early, state.get("early", ())))
            yield name, [value | state | {"state": None}]
        elif isinstance(value, dict) and all(isinstance(part, list) for part in value.values()):
            yield from _by_kind({f"{name}.{part}": kept for part, kept in value.items() if kept})
        else:
            listed = value if isinstance(value, list) else [value]
            yield name, [one if isinstance(one, dict) else {name: one} for one in listed]


def _early(one: Mapping[str, Any]) -> dict[str, Any]:
    """Something that is held until a consent: as it was said, or the facts it told."""
    if one.get("kind", "message") == "message":
        return {"text": one["text"], "at": one["at"]}
    held = json.loads(one["text"] or "{}")
    facts = held.get("facts", held)
    told = (_fact(id, "" if value is None else value, Words({}, {})) for id, value in facts.items())
    return {"text": "；".join(f"{one.label} {one.text}".strip() for one in told), "at": one["at"]}


def _answers(state: Mapping[str, Any], service: Service, words: Words) -> Record:
    """The questions with what was said to them, and what was told beyond them; facts alone where
    the program no longer understands the talk."""
    try:
        conversation = Conversation.model_validate(state)
    except ValidationError:
        return (words.line("facts", state.get("facts", {})),)
    own = _told(conversation.own, service, words)
    other = conversation.other
    if other is None:
        return own
    label = words.keys["other"].format(whose=other.whose)
    return (*own, Line(label, inside=(_told(other, service, words),)))


def _told(conversation: Conversation, service: Service, words: Words) -> Record:
    """What one of the two people answered."""
    facts = conversation.facts
    known = {id: value for id, value in facts.items() if id in FACTS}
    try:
        read_facts(known)
    except FactsError:
        return (words.line("facts", facts),)
    talk = Talk(conversation.but(facts=known), service.clock(), service.rules())
    questions = changeable(talk)
    lines = [Line(question.title, value_of(question, talk)) for question in questions]
    named = {fact for question in questions for fact in question.domain}
    beyond = (id for id in facts if id not in named)
    return (*lines, *(_fact(id, facts[id], words) for id in beyond))


def _fact(id: str, value: Any, words: Words) -> Line:
    fact = FACTS.get(id)
    if fact is None:
        return words.line(id, value)
    labels = {choice.id: choice.label for choice in fact.choices}
    said = Words({}, {id: labels}).text(id, value)
    return Line(fact.label, f"{said} {fact.unit}".strip())


def _choices(service: Service) -> dict[str, Mapping[str, str]]:
    """What stored words mean in every kind."""
    today = service.clock().date()
    books = [book.told(today) for book in (service.earlier_rules(), service.rules()) if book]
    return {
        "purpose": {id: purpose.label for id, purpose in PURPOSES.items()},
        "site": {one.id: one.title for one in townships()},
        "ruleset": {book.id: book.title for book in books},
        "action": stored_words()["actions"],
        "item": {item.id: item.label for book in books for item in book.items()},
    }


def _times(settings: Settings) -> dict[str, int]:
    """How long things are kept. A sweep comes every hour."""
    hour = timedelta(hours=1)
    return {
        "keep_days": settings.keep_days,
        "blank_days": settings.blank_days,
        "reply_hours": reply_hours(settings),
        "session_hours": LASTS // hour,
    }


def _moment(text: str) -> str:
    """A day or moment as people read it; "" for anything else."""
    if not MOMENT.fullmatch(text):
        return ""
    if len(text) == len("2026-11-23"):
        return day(text)
    moment = datetime.fromisoformat(text).astimezone(ZONE)
    return f"{day(moment.date())} {moment:%H:%M}"


@cache
def _file() -> dict[str, Any]:
    return data.load("templates", "pages/my_data.yaml", dict[str, Any])
