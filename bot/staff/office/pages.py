"""The forms for the county's own files: empty, or with what was typed and what is wrong."""

from collections.abc import Callable, Sequence
from pathlib import Path

from flask import render_template

from bot.office_files import trial
from bot.office_files.changes import Draft
from bot.office_files.places import path_of
from bot.office_files.trial import Trial
from bot.office_files.writing import read
from bot.service import the_service
from bot.staff.office.forms import LISTS, Form, Overlay, digest, fields_of
from bot.staff.office.overlays import beginning, overlay_of
from bot.web.stored_words import words
from dialogs.region.admissions import FILE as ADMISSIONS
from dialogs.region.check import admissions_faults
from dialogs.region.entries import entries


def entry_page(given: Form, fault: str = "", faults: Sequence[str] = ()) -> str | None:
    """An entry of what the office publishes; None where there is no such list or entry."""
    kind, typed = given.get("list", ""), given.get("number", "")
    text = text_of(ADMISSIONS)
    known = entries(text or "", kind) if kind in LISTS and not admissions_faults(text or "") else []
    if kind not in LISTS or (typed and typed not in map(str, range(len(known)))):
        return None
    entry = given if fault else known[int(typed)] if typed else {}
    return render_template(
        "staff/office_entry.html",
        list=kind,
        number=typed,
        fields=fields_of(kind, entry),
        base=digest(text),
        fault=fault,
        faults=[_of_field(one) for one in faults],
    )


def _of_field(fault: str) -> str:
    """A fault by what its field is called; its line and key tell nothing to who fills in a form."""
    for name, label in words()["published"].items():
        _, found, what = fault.partition(f".{name}：")
        if found:
            return f"{label}：{what}"
    return fault


def text_page(given: Form, **more: object) -> str | None:
    """A file as a whole; None where it is none of ours."""
    file = given.get("file", "")
    if path_of(the_service().settings, file) is None:
        return None
    text = text_of(file)
    return render_template(
        "staff/office_text.html",
        file=file,
        text=given.get("text", "") if more else _begun(file) if text is None else text,
        base=digest(text),
        **more,
    )


def _begun(file: str) -> str:
    """How a file of amendments begins; what the office publishes begins empty."""
    stamp = Path(file).stem.replace("-", "_")
    return "" if file == ADMISSIONS else beginning(the_service().rules(), stamp)


def fill_page(given: Form, **more: object) -> str | None:
    """A file that settles or corrects something; None where there is no such thing."""
    target, _, one = given.get("target", "").partition("|")
    given = given.copy()
    given.setlist("target", [target])
    given.setlist("reading", [given.get("reading") or one])
    found = overlay_named(given)
    if found is None:
        return None
    return render_template(
        "staff/office_fill.html",
        overlay=found,
        filled=given,
        stamp=given.get("stamp") or the_service().clock().strftime("%Y%m%d%H%M"),
        **more,
    )


PAGES: dict[str, Callable[..., str | None]] = {
    "entry": entry_page,
    "text": text_page,
    "fill": fill_page,
}


def overlay_named(form: Form) -> Overlay | None:
    """The file with blanks that a form names."""
    service = the_service()
    return overlay_of(form, service.rules(), service.clock().date())


def tried(draft: Draft) -> Trial:
    """What a draft would change today."""
    service = the_service()
    today = service.clock().date()
    return trial.tried(service.settings, draft.file, draft.before, draft.after, today)


def text_of(file: str) -> str | None:
    """What stands in a file; None where there is none, or it cannot be read."""
    path = path_of(the_service().settings, file)
    try:
        return read(path) if path else None
    except (OSError, UnicodeDecodeError):
        return None
