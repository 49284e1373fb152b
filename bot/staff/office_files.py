"""The county's own files: a form, what it would change, a second person, and the way back."""

from collections.abc import Callable, Sequence
from pathlib import Path

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bot.database import reading, writing
from bot.models.file_change import WAITING, FileChange
from bot.office_files import changes, trial
from bot.office_files.changes import Draft, RefusedError
from bot.office_files.places import amendments, in_the_way, path_of, rules_folder
from bot.office_files.trial import Trial
from bot.office_files.writing import read
from bot.service import the_service
from bot.staff import audit
from bot.staff.access import DESK, allowed, me
from bot.staff.blueprint import blueprint
from bot.staff.office_forms import (
    LISTS,
    Form,
    Overlay,
    digest,
    draft_of,
    fields_of,
    undoing,
)
from bot.staff.office_overlays import beginning, figures_to_correct, overlay_of
from bot.staff.saying import say
from bot.web.stored_words import words
from dialogs.region.admissions import FILE as ADMISSIONS
from dialogs.region.admissions import admissions_file
from dialogs.region.check import admissions_faults
from dialogs.region.entries import entries


@blueprint.get("/office")
@allowed(*DESK)
def office() -> ResponseReturnValue:
    """What the office publishes, what amends the rules, what waits for a second person."""
    service = the_service()
    settings, today = service.settings, service.clock().date()
    with reading(service.engine) as connection:
        waiting, decided = changes.waiting(connection), changes.decided(connection)
        last = changes.latest(connection, ADMISSIONS)
    text = _text_of(ADMISSIONS)
    sound = text is not None and not admissions_faults(text)
    return render_template(
        "staff/office.html",
        waiting=waiting,
        decided=decided,
        by_hand=last is not None and last.after != text,
        obstacles={
            "published": in_the_way(admissions_file()),
            "rules": in_the_way(rules_folder(settings) / "new.yaml"),
        },
        lists={kind: entries(text or "", kind) if sound else [] for kind in LISTS},
        sound=sound or text is None,
        base=digest(text),
        amending={file: digest(_text_of(file)) for file in amendments(settings)},
        titles={file: _title(file) for file in amendments(settings)},
        figures=figures_to_correct(service.rules(), today),
        fresh=f"rules/{service.clock():%Y%m%d%H%M}.yaml",
    )


@blueprint.get("/office/entry")
@allowed(*DESK)
def office_entry() -> ResponseReturnValue:
    """One entry of what the office publishes: a new one, or one to change."""
    return _entry_page(request.args) or _home()


@blueprint.get("/office/text")
@allowed(*DESK)
def office_text() -> ResponseReturnValue:
    """A file as a whole."""
    return _text_page(request.args) or _home()


@blueprint.get("/office/fill")
@allowed(*DESK)
def office_fill() -> ResponseReturnValue:
    """A file that settles or corrects something in the rules."""
    return _fill_page(request.args) or _home()


@blueprint.post("/office/preview")
@allowed(*DESK)
def preview_office() -> ResponseReturnValue:
    """What the form would change; nothing is kept yet."""
    try:
        draft = draft_of(request.form, the_service().settings, _overlay)
    except RefusedError as error:
        return _refused(error.args[0])
    found = _tried(draft)
    if found.faults and request.form["kind"] in SHOW:
        return _refused("file_faulty", found.faults)
    return render_template(
        "staff/office_preview.html",
        draft=draft,
        trial=found,
        lines=trial.differing_lines(draft.before, draft.after),
        fields=[pair for pair in request.form.items(multi=True) if pair[0] != "csrf_token"],
    )


@blueprint.post("/office/draft")
@allowed(*DESK)
def draft_office() -> ResponseReturnValue:
    """Keep it for a second person; a button tapped twice does it once."""
    service = the_service()
    try:
        draft = draft_of(request.form, service.settings, _overlay)
    except RefusedError as error:
        return _refused(error.args[0])
    found = _tried(draft)
    if found.faults:
        return _refused("file_faulty", found.faults)
    return _drafted(draft)


@blueprint.get("/office/changes/<int:change>")
@allowed(*DESK)
def office_change(change: int) -> ResponseReturnValue:
    """A draft, or what became of it."""
    return _change_page(_change(change))


@blueprint.post("/office/changes/<int:change>/approve")
@allowed(*DESK)
def approve_office(change: int) -> ResponseReturnValue:
    """Write the file, if somebody else has drafted it."""
    service, made = the_service(), _change(change)
    path = path_of(service.settings, made.file)
    try:
        if path is None or in_the_way(path):
            raise RefusedError("file_closed")
        if _tried(Draft(made.file, made.before, made.after, made.what)).faults:  # before the lock
            raise RefusedError("file_unsound")
        with writing(service.engine) as connection:
            changes.approve(connection, made, me().account, service.clock(), path)
            _note(connection, "approve_file", made)
    except RefusedError as error:
        return _not_decided(change, error.args[0])
    except IntegrityError:
        return _not_decided(change, "file_changed")
    except (OSError, UnicodeDecodeError):
        return _not_decided(change, "file_unwritten")
    say("file_approved")
    return redirect(url_for("staff.office_change", change=change))


@blueprint.post("/office/changes/<int:change>/decline")
@allowed(*DESK)
def decline_office(change: int) -> ResponseReturnValue:
    """Lay a draft aside, one's own or another one's."""
    service, made = the_service(), _change(change)
    try:
        with writing(service.engine) as connection:
            changes.decline(connection, made, me().account, service.clock())
            _note(connection, "decline_file", made)
    except RefusedError as error:
        return _not_decided(change, error.args[0])
    say("file_declined")
    return _home()


@blueprint.post("/office/changes/<int:change>/undo")
@allowed(*DESK)
def undo_office(change: int) -> ResponseReturnValue:
    """Draft what stood there before: it takes a second person, too."""
    made = _change(change)
    try:
        if not made.number:
            raise RefusedError("file_form")
        draft = undoing(the_service().settings, made)
    except RefusedError as error:
        return _not_decided(change, error.args[0])
    if _tried(draft).faults:
        return _not_decided(change, "file_unsound")
    return _drafted(draft)


def _drafted(draft: Draft) -> ResponseReturnValue:
    service = the_service()
    with writing(service.engine) as connection:
        now, account = service.clock(), me().account
        same = [one for one in changes.waiting(connection) if _is(one, draft, account)]
        number = same[0].id if same else changes.add(connection, draft, account, now)
        if not same:
            target = f"office file {number}"
            what: dict[str, object] = {"what": draft.what}
            audit.record(connection, now, account, "draft_file", target, what, file=draft.file)
    say("file_drafted")
    return redirect(url_for("staff.office_change", change=number))


def _is(one: FileChange, draft: Draft, account: str) -> bool:
    return (one.author, one.file, one.before, one.after) == (account, *draft[:3])


def _note(connection: Connection, action: str, made: FileChange) -> None:
    target, now = f"office file {made.id}", the_service().clock()
    what: dict[str, object] = {"what": made.what}
    audit.record(connection, now, me().account, action, target, what, file=made.file)


def _change(number: int) -> FileChange:
    with reading(the_service().engine) as connection:
        made = changes.by_id(connection, number)
    if made is None:
        abort(404)
    return made


def _change_page(made: FileChange) -> str:
    service = the_service()
    with reading(service.engine) as connection:
        last = changes.latest(connection, made.file)
    stands = made.state != WAITING
    draft = Draft(made.file, made.before, made.after, made.what)
    return render_template(
        "staff/office_change.html",
        made=made,
        trial=Trial() if stands else _tried(draft),
        lines=trial.differing_lines(made.before, made.after),
        moved=not stands and _text_of(made.file) not in (made.before, made.after),
        undoable=bool(made.number) and last is not None and last.id == made.id,
    )


def _not_decided(change: int, why: str) -> ResponseReturnValue:
    say(why, bad=True)
    return redirect(url_for("staff.office_change", change=change))


def _refused(why: str, faults: tuple[str, ...] = ()) -> ResponseReturnValue:
    """The form again, with what was typed; of a mere button nothing is lost."""
    show = SHOW.get(request.form.get("kind", ""))
    elsewhere = why == "file_moved" and request.form.get("number")  # which may be another by now
    if show is None or why == "file_form" or elsewhere:
        say(why, bad=True)
        return _home()
    page = show(request.form, fault=why, faults=faults)
    return (page, 400) if page else _home()


def _home() -> ResponseReturnValue:
    return redirect(url_for("staff.office"))


def _entry_page(given: Form, fault: str = "", faults: Sequence[str] = ()) -> str | None:
    kind, typed = given.get("list", ""), given.get("number", "")
    text = _text_of(ADMISSIONS)
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


def _text_page(given: Form, **more: object) -> str | None:
    file = given.get("file", "")
    if path_of(the_service().settings, file) is None:
        return None
    text = _text_of(file)
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


def _fill_page(given: Form, **more: object) -> str | None:
    target, _, one = given.get("target", "").partition("|")
    given = given.copy()
    given.setlist("target", [target])
    given.setlist("reading", [given.get("reading") or one])
    found = _overlay(given)
    if found is None:
        return None
    return render_template(
        "staff/office_fill.html",
        overlay=found,
        filled=given,
        stamp=given.get("stamp") or the_service().clock().strftime("%Y%m%d%H%M"),
        **more,
    )


SHOW: dict[str, Callable[..., str | None]] = {
    "entry": _entry_page,
    "text": _text_page,
    "fill": _fill_page,
}


def _overlay(form: Form) -> Overlay | None:
    service = the_service()
    return overlay_of(form, service.rules(), service.clock().date())


def _tried(draft: Draft) -> Trial:
    service = the_service()
    today = service.clock().date()
    return trial.tried(service.settings, draft.file, draft.before, draft.after, today)


def _text_of(file: str) -> str | None:
    """What stands in a file; None where there is none, or it cannot be read."""
    path = path_of(the_service().settings, file)
    try:
        return read(path) if path else None
    except (OSError, UnicodeDecodeError):
        return None


def _title(file: str) -> str:
    """What a file of amendments calls itself; its name where it is damaged."""
    for one in the_service().rules().origin.amendments:
        if f"rules/{one.file}" == file:
            return str(one.title)
    return file
