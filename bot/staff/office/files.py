"""The county's own files: what stands in them, the dry run of a form, the draft."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.database import reading, writing
from bot.models.file_change import FileChange
from bot.office_files import changes, trial
from bot.office_files.changes import Draft, RefusedError
from bot.office_files.places import amendments, in_the_way, rules_folder
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth.access import DESK, allowed, me
from bot.staff.blueprint import blueprint
from bot.staff.flashes import say
from bot.staff.office.forms import LISTS, digest, draft_of
from bot.staff.office.overlays import figures_to_correct
from bot.staff.office.pages import (
    PAGES,
    entry_page,
    fill_page,
    overlay_named,
    text_of,
    text_page,
    tried,
)
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
    text = text_of(ADMISSIONS)
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
        amending={file: digest(text_of(file)) for file in amendments(settings)},
        titles={file: _title(file) for file in amendments(settings)},
        figures=figures_to_correct(service.rules(), today),
        fresh=f"rules/{service.clock():%Y%m%d%H%M}.yaml",
    )


@blueprint.get("/office/entry")
@allowed(*DESK)
def office_entry() -> ResponseReturnValue:
    """One entry of what the office publishes: a new one, or one to change."""
    return entry_page(request.args) or home()


@blueprint.get("/office/text")
@allowed(*DESK)
def office_text() -> ResponseReturnValue:
    """A file as a whole."""
    return text_page(request.args) or home()


@blueprint.get("/office/fill")
@allowed(*DESK)
def office_fill() -> ResponseReturnValue:
    """A file that settles or corrects something in the rules."""
    return fill_page(request.args) or home()


@blueprint.post("/office/preview")
@allowed(*DESK)
def preview_office() -> ResponseReturnValue:
    """What the form would change; nothing is kept yet."""
    try:
        draft = draft_of(request.form, the_service().settings, overlay_named)
    except RefusedError as error:
        return _refused(error.args[0])
    found = tried(draft)
    if found.faults and request.form["kind"] in PAGES:
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
        draft = draft_of(request.form, service.settings, overlay_named)
    except RefusedError as error:
        return _refused(error.args[0])
    found = tried(draft)
    if found.faults:
        return _refused("file_faulty", found.faults)
    return keep(draft)


def keep(draft: Draft) -> ResponseReturnValue:
    """Keep a draft for a second person, and show it."""
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


def _refused(why: str, faults: tuple[str, ...] = ()) -> ResponseReturnValue:
    """The form again, with what was typed; of a mere button nothing is lost."""
    show = PAGES.get(request.form.get("kind", ""))
    elsewhere = why == "file_moved" and request.form.get("number")  # which may be another by now
    if show is None or why == "file_form" or elsewhere:
        say(why, bad=True)
        return home()
    page = show(request.form, fault=why, faults=faults)
    return (page, 400) if page else home()


def home() -> ResponseReturnValue:
    """Back to where the forms are."""
    return redirect(url_for("staff.office"))


def _title(file: str) -> str:
    """What a file of amendments calls itself; its name where it is damaged."""
    for one in the_service().rules().origin.amendments:
        if f"rules/{one.file}" == file:
            return str(one.title)
    return file
