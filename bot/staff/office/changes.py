"""A draft for the county's own files: a second person approves, and the way back."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bot.database import reading, writing
from bot.models.file_change import WAITING, FileChange
from bot.office_files import changes, trial
from bot.office_files.changes import Draft, RefusedError
from bot.office_files.places import in_the_way, path_of
from bot.office_files.trial import Trial
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth.access import DESK, allowed, me
from bot.staff.blueprint import blueprint
from bot.staff.flashes import say
from bot.staff.office.files import home, keep
from bot.staff.office.forms import undoing
from bot.staff.office.pages import text_of, tried


@blueprint.get("/office/changes/<int:change>")
@allowed(*DESK)
def office_change(change: int) -> ResponseReturnValue:
    """A draft, or what became of it."""
    return _change_page(_change(change))


@blueprint.post("/office/changes/<int:change>/approve")
@allowed(*DESK)
def approve_office(change: int) -> ResponseReturnValue:
    """Write the file, if another person has drafted it."""
    service, made = the_service(), _change(change)
    path = path_of(service.settings, made.file)
    try:
        if path is None or in_the_way(path):
            raise RefusedError("file_closed")
        if tried(Draft(made.file, made.before, made.after, made.what)).faults:  # before the lock
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
    return home()


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
    if tried(draft).faults:
        return _not_decided(change, "file_unsound")
    return keep(draft)


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
        trial=Trial() if stands else tried(draft),
        lines=trial.differing_lines(made.before, made.after),
        moved=not stands and text_of(made.file) not in (made.before, made.after),
        undoable=bool(made.number) and last is not None and last.id == made.id,
    )


def _not_decided(change: int, why: str) -> ResponseReturnValue:
    say(why, bad=True)
    return redirect(url_for("staff.office_change", change=change))
