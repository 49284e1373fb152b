"""A person on worksheets and in the audit trail: shown, forgotten, blanked when it is old."""

import json
import logging
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, select, update
from sqlmodel import SQLModel, col

import bot.booking.privacy  # noqa: F401 - registered before, so asked to forget after this one
from bot.booking.tables import appointments, sites
from bot.models.review import Review
from bot.models.staff import AuditEntry
from bot.pace import Pace
from bot.people import Holder, hold, record
from bot.sealing.column import OfRow, opening
from bot.sealing.keyring import SealError
from bot.settings import Settings
from bot.staff import audit
from bot.staff.counter.fact_fields import in_words
from bot.sweep_limit import SweepLimit
from bot.worksheets import NOTHING, Line, kept_lines, lines_of
from dialogs.sensitive import SENSITIVE
from scoring import FACTS, load_ruleset

log = logging.getLogger(__name__)

_reviews = SQLModel.metadata.tables["reviews"].c
OF_THE_STAFF = ("holder",)  # details that name a colleague


def forget(connection: Connection, person: str) -> None:
    """Keep the bare figures for the county's statistics, and nothing that names or describes, in
    the audit trail neither."""
    audit.blank_targets(connection, _targets(connection, person))
    _blank_reviews(connection, col(Review.person) == person)


def show(connection: Connection, person: str) -> object:
    """The worksheets, and what the staff did with the appointments. Who of the staff it was is not
    this person's data."""
    kept = {"worksheets": _worksheets(connection, person), "trail": _trail(connection, person)}
    return kept if any(kept.values()) else None


def _worksheets(connection: Connection, person: str) -> list[dict[str, object]]:
    mine = (
        select(Review, sites.c.title)
        .join(sites, sites.c.id == col(Review.site))
        .where(col(Review.person) == person)
        .order_by(col(Review.started_at))
    )
    without = ("id", "appointment", "person", "account", "version", "title", "lines")
    return [
        record(row, *without, site=row["title"], lines=_lines(row))
        for row in connection.execute(mine).mappings().all()
    ]


def _lines(review: RowMapping) -> list[dict[str, object]]:
    """Item by item. What a clerk is still weighing is nobody's result yet: it is shown when it is
    decided and sent."""
    undecided = () if review["sent_at"] else ("verified", "result", "reason", "facts")
    lines = sorted(lines_of(review["lines"]), key=lambda line: line.item)
    return [record(_said(line), *undecided) for line in lines]


def _said(line: Line) -> dict[str, object]:
    """A line as its owner reads it."""
    told = asdict(line)
    return told | {"facts": _found(line)} if told.pop("facts") else told


def _found(line: Line) -> str:
    """What the window found, as people read it; facts of a county's own rules by their ids."""
    known = {id: FACTS[id] for id in line.facts if id in FACTS}
    told = [f"{one.label}：{in_words(one, line.facts[id])}" for id, one in known.items()]
    own = [f"{id}：{value}" for id, value in line.facts.items() if id not in known]
    return "；".join((*told, *own))


def _trail(connection: Connection, person: str) -> list[dict[str, object]]:
    mine = select(AuditEntry).where(col(AuditEntry.target).in_(_targets(connection, person)))
    rows = connection.execute(mine.order_by(col(AuditEntry.id))).mappings()
    return [
        record(
            row,
            *("id", "account", "target"),
            detail={k: v for k, v in json.loads(row["detail"]).items() if k not in OF_THE_STAFF},
            personal=json.loads(row["personal"]) if row["personal"] else None,
        )
        for row in rows
    ]


def withdraw(connection: Connection, person: str, settings: Settings) -> None:
    """Take from the worksheets what the chat told of sensitive facts: points claimed. What the
    window has decided stays; it decided by the papers it was shown. A form that is open meanwhile
    has to be looked at again before it is saved."""
    columns = (
        _reviews.id,
        _reviews.ruleset,
        _reviews.version,
        opening(_reviews.lines).label("lines"),
    )
    mine = select(*columns).where(_reviews.person == person, _reviews.lines.is_not(None))
    for review in connection.execute(mine.with_for_update()).all():
        if review.lines is None:
            log.error("worksheet %d does not open; nothing is withdrawn from it", review.id)
            continue
        sensitive = _sensitive_items(review.ruleset, settings)
        left = [
            replace(line, claimed=NOTHING) if line.item in sensitive else line
            for line in lines_of(review.lines)
        ]
        this = update(Review).where(col(Review.id) == review.id)
        kept = {"lines": kept_lines(review.id, left), "version": review.version + 1}
        connection.execute(this.values(kept))


def _sensitive_items(ruleset: str, settings: Settings) -> frozenset[str]:
    """The items that a sensitive fact gives points for."""
    rules = load_ruleset(ruleset, folder=settings.rules)
    return frozenset(one.id for one in rules.items() if not SENSITIVE.isdisjoint(one.fact_ids()))


def _targets(connection: Connection, person: str) -> list[str]:
    """The person's appointments as the audit trail names them."""
    mine = connection.scalars(select(appointments.c.id).where(appointments.c.person == person))
    return [f"appointment {id}" for id in mine]


def blank(
    engine: Engine,
    now: datetime,
    keep_days: int,
    limit: SweepLimit | None = None,
    pace: Pace | None = None,
) -> dict[str, int]:
    """Blank what is older than `keep_days`: people and remarks on worksheets, names and phones in
    the audit trail; but not too much at once. Says how many of each."""
    limit, pace = limit or SweepLimit(), pace or Pace()
    before = now - timedelta(days=keep_days)
    named = col(Review.person).is_not(None)
    old = (col(Review.started_at) < before) & named
    done = {}
    if limit.allows(engine, "worksheets", Review, old, named):
        done["worksheets"] = pace.change(
            engine,
            select(col(Review.id)).where(old),
            lambda connection, ids: _blank_reviews(connection, old & col(Review.id).in_(ids)),
        )
    entries = col(AuditEntry.personal).is_not(None)
    past = (col(AuditEntry.at) < before) & entries
    if limit.allows(engine, "audit entries", AuditEntry, past, entries):
        these = select(col(AuditEntry.id)).where(past)
        done["audit"] = pace.change(engine, these, audit.blank)
    return {name: count for name, count in done.items() if count}


def _blank_reviews(connection: Connection, which: ColumnElement[bool]) -> int:
    ids = connection.scalars(select(col(Review.id)).where(which)).all()
    for id in ids:
        this = update(Review).where(col(Review.id) == id)
        connection.execute(this.values(person=None, lines=_figures(connection, id)))
    return len(ids)


def _figures(connection: Connection, review: int | None) -> OfRow | None:
    """The lines without what was written to them; nothing of what does not open any more."""
    try:
        kept = connection.scalar(select(col(Review.lines)).where(col(Review.id) == review))
    except SealError as error:
        log.error("a worksheet goes as a whole, since it does not open: %s", error)
        return None
    bare = [replace(line, papers="", reason="", facts={}) for line in lines_of(kept)]
    return kept_lines(review, bare)


hold(Holder("review", forget, show, withdraw))
