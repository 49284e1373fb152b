"""From what an officer fills in to the new text of one of the county's files."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import NamedTuple

import yaml
from pydantic.fields import FieldInfo
from werkzeug.datastructures import MultiDict

from bot.models.file_change import FileChange
from bot.office_files import writing
from bot.office_files.changes import Draft, RefusedError
from bot.office_files.places import NAME, amendments, in_the_way, path_of
from bot.settings import Settings
from bot.staff.forms import points, read_day, short_text, whole
from bot.staff.office.blanks import Blank, completed
from bot.web.stored_words import words
from dialogs.region.admissions import FILE as ADMISSIONS
from dialogs.region.admissions import Admissions
from dialogs.region.entries import UneditableError, Value, entries, with_entry, without_entry
from scoring.counties import RULES
from scoring.rulefile.values import Figure, FigureReading

LISTS = tuple(Admissions.model_fields)
ORDER = (
    *("purpose", "year", "place", "offered", "last", "opens", "closes", "text", "ties"),
    *("from", "source"),
)
DAYS = frozenset({"from", "opens", "closes"})
WHOLE = frozenset({"year", "offered"})
STAMP = re.compile(r"[0-9]{12}")
LONGEST = 200  # of a text in an entry

Form = MultiDict[str, str]


class Field(NamedTuple):
    """Something to fill in for an entry."""

    name: str
    kind: str
    value: str
    required: bool


class Overlay(NamedTuple):
    """A file that settles what waits in the rules, with blanks; `what`: in a few words. Of a figure
    that it corrects, the unit and what holds `now`."""

    text: str
    what: str
    slug: str
    blanks: tuple[Blank, ...]
    unit: str = ""
    now: Figure | FigureReading | None = None


FindOverlay = Callable[[Form], Overlay | None]


def draft_of(form: Form, settings: Settings, overlay: FindOverlay) -> Draft:
    """The change that a form describes by its field `kind`.

    Raises RefusedError where it is none, or the file is another one than the form was made from.
    """
    build = KINDS.get(form.get("kind", ""))
    if build is None:
        raise RefusedError("file_form")
    try:
        made = build(form, settings, overlay)
    except (UneditableError, yaml.YAMLError, IndexError) as error:
        raise RefusedError("file_uneditable") from error
    if made.before == made.after:
        raise RefusedError("file_same")
    return made


def current(settings: Settings, file: str) -> str | None:
    """What stands in a file now. Raises RefusedError where it is none of ours, or cannot be read or
    written."""
    path = path_of(settings, file)
    if path is None:
        raise RefusedError("file_form")
    if in_the_way(path):
        raise RefusedError("file_closed")
    try:
        return writing.read(path)
    except (OSError, UnicodeDecodeError) as error:
        raise RefusedError("file_unread") from error


def digest(text: str | None) -> str:
    """Names a state of a file; "" where there is none."""
    return "" if text is None else sha256(text.encode()).hexdigest()[:16]


def fields_of(kind: str, entry: Mapping[str, object]) -> list[Field]:
    """What an entry of a list consists of, with what is filled in."""
    model = _model_of(kind)
    known = {field.alias or name: field for name, field in model.items()}
    return [
        Field(name, _input(name), _text(entry.get(name)), known[name].is_required())
        for name in ORDER
        if name in known
    ]


def undoing(settings: Settings, change: FileChange) -> Draft:
    """The draft that writes back what stood there before. Raises RefusedError."""
    now = current(settings, change.file)
    if now != change.after:
        raise RefusedError("file_changed")
    what = words()["office"]["undone"].format(id=change.id)
    return Draft(change.file, now, change.before, what, change.id)


def _entry(form: Form, settings: Settings, _: FindOverlay) -> Draft:
    """One more entry of a list, or another one instead."""
    before, kind = _base(form, settings, ADMISSIONS), _list(form)
    number = _number(form, before, kind) if form.get("number") else None
    entry = dict(_filled(form, kind))
    after = with_entry(before or "", kind, entry, number)
    what = _named("added" if number is None else "changed", kind, entry)
    return Draft(ADMISSIONS, before, after, what)


def _drop(form: Form, settings: Settings, _: FindOverlay) -> Draft:
    """An entry of a list less."""
    before, kind = _base(form, settings, ADMISSIONS), _list(form)
    number = _number(form, before, kind)
    entry = entries(before or "", kind)[number]
    return Draft(
        ADMISSIONS,
        before,
        without_entry(before or "", kind, number),
        _named("dropped", kind, entry),
    )


def _whole_text(form: Form, settings: Settings, _: FindOverlay) -> Draft:
    """A file as a whole."""
    file = form.get("file", "")
    before = _base(form, settings, file)
    after = form.get("text", "").replace("\r\n", "\n").rstrip() + "\n"
    return Draft(file, before, after, words()["office"]["rewritten"])


def _remove(form: Form, settings: Settings, _: FindOverlay) -> Draft:
    """A file of amendments less."""
    file = form.get("file", "")
    if file not in amendments(settings):
        raise RefusedError("file_form")
    return Draft(file, _base(form, settings, file), None, words()["office"]["removed"])


def _fill(form: Form, settings: Settings, overlay: FindOverlay) -> Draft:
    """A new file of amendments that settles what waits."""
    stamp, found = form.get("stamp", ""), overlay(form)
    if found is None or not STAMP.fullmatch(stamp):
        raise RefusedError("file_form")
    name = f"{found.slug[:40]}-{stamp}.yaml"
    file = f"{RULES}/{name}"
    if not NAME.fullmatch(name) or current(settings, file) is not None:
        raise RefusedError("file_form")
    text = found.text.replace("office_", f"office_{stamp}_")  # no document of another file
    return Draft(file, None, completed(text, found.blanks, form), found.what)


def _base(form: Form, settings: Settings, file: str) -> str | None:
    now = current(settings, file)
    if digest(now) != form.get("base", ""):
        raise RefusedError("file_moved")
    return now


def _list(form: Form) -> str:
    kind = form.get("list", "")
    if kind not in LISTS:
        raise RefusedError("file_form")
    return kind


def _number(form: Form, text: str | None, kind: str) -> int:
    number = whole(form.get("number"), 0, len(entries(text or "", kind)) - 1)
    if number is None:
        raise RefusedError("file_form")
    return number


def _filled(form: Form, kind: str) -> Iterator[tuple[str, Value]]:
    for field in fields_of(kind, form):
        text = short_text(field.value, LONGEST)
        if text:
            yield field.name, _value(field.name, text)


def _value(name: str, text: str) -> Value:
    """As the file has it; what cannot be read is refused with the file, in its words."""
    read: Value | None = None
    if name in DAYS:
        read = read_day(text)
    elif name in WHOLE:
        read = whole(text, 0, 10**6)
    elif name == "last":
        read = points(text)
    return text if read is None else read


def _named(done: str, kind: str, entry: Mapping[str, object]) -> str:
    about = (f"{entry.get('year', '')} 年", entry.get("purpose", ""), entry.get("place", ""))
    said = " ".join(str(one) for one in about if one)
    return words()["office"][done].format(list=words()["lists"][kind], entry=said)


def _model_of(kind: str) -> Mapping[str, FieldInfo]:
    inner = Admissions.model_fields[kind].annotation.__args__[0]  # type: ignore[union-attr]
    fields: Mapping[str, FieldInfo] = inner.model_fields
    return fields


def _input(name: str) -> str:
    return "date" if name in DAYS else "number" if name in WHOLE else "text"


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


KINDS: Mapping[str, Callable[[Form, Settings, FindOverlay], Draft]] = {
    "entry": _entry,
    "drop": _drop,
    "text": _whole_text,
    "remove": _remove,
    "fill": _fill,
}
