"""What a new text of one of the county's files would change, before it does."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from bot.county import ruleset_id
from bot.office_files.places import is_ruleset, rules_folder
from bot.settings import Settings
from bot.web.rulebook import Row, rows_by_id
from bot.web.stored_words import words
from dialogs.faq import answer, topics
from dialogs.region.admissions import FILE as ADMISSIONS
from dialogs.region.admissions import Admissions
from dialogs.region.check import admissions_faults
from dialogs.region.load import folder
from scoring import Ruleset, RulesetError, load_ruleset
from scoring.analysis.revised import Revised, revised
from scoring.counties import rule_folders
from scoring.engine.loading import own_files
from scoring.rulefile.chinese import told
from scoring.rulefile.yaml_source import parse_yaml

TOPICS = ("school_admission", "school_deadline", "same_score", "what_for")
"""What the chat answers with what the office publishes."""
MOST_DAYS = 4
"""Days of one file whose changes are shown; it usually has one."""


class Sentence(NamedTuple):
    """What people read about something, before and after."""

    about: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Moment:
    """What changes from a day on: sentences of the chat, figures and rows of the rules."""

    day: date
    sentences: tuple[Sentence, ...] = ()
    revised: tuple[Revised, ...] = ()
    rows: tuple[tuple[str, Row | None, Row | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """`faults`: why the text cannot be kept, line by line; then nothing else is known."""

    faults: tuple[str, ...] = ()
    moments: tuple[Moment, ...] = ()


def differing_lines(before: str | None, after: str | None) -> list[str]:
    """The lines that go (-) and come (+), with those around them."""
    was, will = ((text or "").splitlines() for text in (before, after))
    return list(unified_diff(was, will, lineterm="", n=1))[2:]


def tried(
    settings: Settings, file: str, before: str | None, after: str | None, today: date
) -> Trial:
    """What a new text of a file would change, and what is wrong with it."""
    if file == ADMISSIONS:
        return _of_published(settings, before or "", after or "", today)
    return _of_rules(settings, file, after, today)


def _of_published(settings: Settings, before: str, after: str, today: date) -> Trial:
    if faults := admissions_faults(after):
        return Trial(tuple(map(str, faults)))
    was = Admissions() if admissions_faults(before) else _published(before)
    will = _published(after)
    days = {*_days_only_in(was, will), *_days_only_in(will, was)}
    rules = load_ruleset(ruleset_id(settings), settings.rule_folders)
    return Trial(moments=tuple(_told(was, will, rules, day) for day in _shown(days, today)))


def _published(text: str) -> Admissions:
    return Admissions.model_validate(parse_yaml(text, ADMISSIONS) or {})


def _days_only_in(one: Admissions, other: Admissions) -> Iterator[date]:
    for kind in Admissions.model_fields:
        known = getattr(other, kind)
        yield from (entry.from_ for entry in getattr(one, kind) if entry not in known)


def _told(was: Admissions, will: Admissions, rules: Ruleset, day: date) -> Moment:
    found = []
    for topic in TOPICS:
        sides = [answer(topic, rules, day, local=one.on(day)).text for one in (was, will)]
        if sides[0] != sides[1]:
            found.append(Sentence(topics()[topic].title, *sides))
    return Moment(day, tuple(found))


def _of_rules(settings: Settings, file: str, after: str | None, today: date) -> Trial:
    name, own = Path(file).name, rules_folder(settings)
    with _tried_folder(own, name, after) as trial:
        if after is not None and is_ruleset(trial / name):
            return Trial((words()["office"]["whole"].format(file=name),))
        folders = [trial if one == own else one for one in settings.rule_folders]
        in_force = ruleset_id(settings)
        ids = dict.fromkeys((in_force, _amended(trial / name, own / name) or in_force))
        try:
            books = [(_now(settings, id), load_ruleset(id, folders, today=today)) for id in ids]
        except RulesetError as error:
            return Trial(tuple(told(one) for one in dict.fromkeys(error.faults)))
    moments = [
        _revised(was, will, day)
        for was, will in books
        for day in _shown({*_days_of(was, name), *_days_of(will, name)}, today)
    ]
    return Trial(moments=tuple([one for one in moments if one.revised] or moments[:1]))


def _now(settings: Settings, id: str) -> Ruleset:
    """The ruleset as it is; where a file of it is damaged, without what amends it."""
    try:
        return load_ruleset(id, settings.rule_folders)
    except RulesetError:
        return load_ruleset(id, rule_folders(folder()), amended=False)


def _days_of(book: Ruleset, name: str) -> Iterator[date]:
    return (one.since for one in book.origin.amendments if one.file == name)


def _revised(was: Ruleset, will: Ruleset, day: date) -> Moment:
    sides = [rows_by_id(book, day) for book in (was, will)]
    rows = (
        (id, sides[0].get(id), sides[1].get(id)) for id in dict.fromkeys((*sides[0], *sides[1]))
    )
    return Moment(day, revised=revised(was, day, will, day), rows=tuple(rows))


def _shown(days: set[date], today: date) -> Sequence[date]:
    """Today, where something holds already, and the days to come."""
    begun, ahead = any(day <= today for day in days), sorted(day for day in days if day > today)
    return [*([today] if begun or not days else []), *ahead][:MOST_DAYS]


def _amended(*files: Path) -> str | None:
    """The id of the ruleset that a file amends."""
    for file in files:
        try:
            written = parse_yaml(file.read_text("utf-8"), file.name)
        except (OSError, UnicodeDecodeError, RulesetError):
            continue
        if isinstance(written, dict) and "amends" in written:
            return str(written["amends"])
    return None


@contextmanager
def _tried_folder(own: Path, name: str, after: str | None) -> Iterator[Path]:
    """A copy of the folder of the rules, with the new text in it."""
    with tempfile.TemporaryDirectory() as made:
        trial = Path(made)
        for path in own_files(own):
            shutil.copy(path, trial / path.name)
        (trial / name).unlink(missing_ok=True)
        if after is not None:
            (trial / name).write_text(after, encoding="utf-8")
        yield trial
