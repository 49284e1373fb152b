"""The test persons' phones: who there is, and what each one's chat shows. A small database of its
own beside the service's, so that a demo never mixes with real data."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    delete,
    insert,
    or_,
    select,
    update,
)

from bot.database import reading, writing
from bot.models.base import Moment

metadata = MetaData()
phones = Table(
    "phones",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("openid", String(64), unique=True, nullable=False),
    Column("following", Boolean, nullable=False),
    Column("safe", Boolean, nullable=False),
)
entries = Table(
    "entries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("phone", Integer, nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("body", JSON, nullable=False),
    Column("at", Moment, nullable=False),
)
consents = Table(
    "consents",
    metadata,
    Column("phone", Integer, primary_key=True),
    Column("template", String(64), primary_key=True),
    Column("left", Integer),  # notices that may still come; NULL: any number
)

MINE, THEIRS, NOTICE, HINT = "mine", "theirs", "notice", "hint"
MOST_PHONES = 20
MOST_ENTRIES = 200  # shown
QUIET = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class Phone:
    """One test person."""

    id: int
    openid: str
    following: bool
    safe: bool  # its messages go encrypted


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the chat: said by the person, by the account, a notice, or a grey line."""

    id: int
    kind: str
    body: dict[str, Any]
    at: datetime


def stamped(chat: list[Entry], now: datetime) -> list[tuple[Entry, str]]:
    """Each entry with the time to show above it; "" where the one before was just then."""
    result, before = [], None
    for entry in chat:
        shown = ""
        if before is None or entry.at - before > QUIET:
            shown = (
                f"{entry.at:%H:%M}" if entry.at.date() == now.date() else f"{entry.at:%m-%d %H:%M}"
            )
        result.append((entry, shown))
        before = entry.at
    return result


class Phones:
    """All phones of a demo."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def prepare(self) -> None:
        """Create what is missing, and a first phone."""
        with writing(self._engine) as connection:
            metadata.create_all(connection)
            if connection.execute(select(phones.c.id).limit(1)).first() is None:
                connection.execute(insert(phones).values(**_new()))

    def all(self) -> list[Phone]:
        """Every phone, oldest first."""
        with reading(self._engine) as connection:
            return [Phone(*row) for row in connection.execute(select(phones).order_by(phones.c.id))]

    def add(self) -> int:
        """A new test person; beyond `MOST_PHONES` the oldest goes."""
        with writing(self._engine) as connection:
            known = connection.scalars(select(phones.c.id).order_by(phones.c.id)).all()
            for old in known[: max(0, len(known) + 1 - MOST_PHONES)]:
                for table, owner in ((entries, entries.c.phone), (consents, consents.c.phone)):
                    connection.execute(delete(table).where(owner == old))
                connection.execute(delete(phones).where(phones.c.id == old))
            query = insert(phones).values(**_new()).returning(phones.c.id)
            return int(connection.execute(query).scalar_one())

    def find(self, phone: int) -> Phone | None:
        """The phone with this number."""
        with reading(self._engine) as connection:
            row = connection.execute(select(phones).where(phones.c.id == phone)).first()
            return Phone(*row) if row else None

    def whose(self, openid: str) -> Phone | None:
        """The phone of this person."""
        with reading(self._engine) as connection:
            row = connection.execute(select(phones).where(phones.c.openid == openid)).first()
            return Phone(*row) if row else None

    def change(self, phone: int, **values: bool) -> None:
        """Set `following` or `safe`."""
        with writing(self._engine) as connection:
            connection.execute(update(phones).where(phones.c.id == phone).values(**values))

    def show(self, phone: int, kind: str, body: dict[str, Any], at: datetime) -> None:
        """Add an entry to the phone's chat."""
        with writing(self._engine) as connection:
            connection.execute(insert(entries).values(phone=phone, kind=kind, body=body, at=at))

    def clear(self, phone: int) -> None:
        """Empty the phone's chat, and forget what was agreed to."""
        with writing(self._engine) as connection:
            connection.execute(delete(entries).where(entries.c.phone == phone))
            connection.execute(delete(consents).where(consents.c.phone == phone))

    def agree(self, phone: int, template: str, lasting: bool) -> None:
        """The person agreed to one more notice of this template, or to all."""
        this = (consents.c.phone == phone, consents.c.template == template)
        with writing(self._engine) as connection:
            before = connection.scalar(select(consents.c.left).where(*this)) or 0
            connection.execute(delete(consents).where(*this))
            left = None if lasting else before + 1
            connection.execute(insert(consents).values(phone=phone, template=template, left=left))

    def refuse(self, phone: int, template: str) -> None:
        """The person agreed to none."""
        this = (consents.c.phone == phone, consents.c.template == template)
        with writing(self._engine) as connection:
            connection.execute(delete(consents).where(*this))

    def may_send(self, phone: int, template: str) -> bool:
        """Whether a notice may be sent; uses up a counted consent."""
        this = (consents.c.phone == phone, consents.c.template == template)
        good = or_(consents.c.left.is_(None), consents.c.left > 0)
        with writing(self._engine) as connection:
            used = update(consents).where(*this, good).values(left=consents.c.left - 1)
            return connection.execute(used).rowcount > 0

    def chat(self, phone: int) -> list[Entry]:
        """The chat's last entries in order."""
        query = (
            select(entries.c.id, entries.c.kind, entries.c.body, entries.c.at)
            .where(entries.c.phone == phone)
            .order_by(entries.c.id.desc())
            .limit(MOST_ENTRIES)
        )
        with reading(self._engine) as connection:
            return [Entry(*row) for row in connection.execute(query)][::-1]


def _new() -> dict[str, object]:
    return {"openid": f"o{secrets.token_urlsafe(20)}", "following": False, "safe": True}
