"""Booking and the outbox; the townships as sites."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from dialogs.booking.townships import townships

revision = "0002"
down_revision = "0001"

TABLES = (
    "access_tokens",
    "notice_refusals",
    "notices",
    "waiting_entries",
    "appointments",
    "holds",
    "returning_places",
    "slots",
    "special_days",
    "closures",
    "extra_days",
    "weekly_rules",
    "sites",
)
ACTIVE = sa.text("state IN ('booked', 'arrived', 'serving')")


def upgrade() -> None:
    _sites()
    _hours()
    _slots()
    _appointments()
    _notices()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _key(name: str = "id") -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=True)


def _refers(
    name: str, to: str, kind: sa.types.TypeEngine[Any], null: bool = False
) -> sa.Column[Any]:
    return sa.Column(name, kind, sa.ForeignKey(to), nullable=null, index=True)


def _sites() -> None:
    table = op.create_table(
        "sites",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("title", sa.String(32), nullable=False),
        sa.Column("address", sa.String(100), nullable=False),
        sa.Column("telephone", sa.String(40), nullable=False),
        sa.Column("latitude", sa.Float),
        sa.Column("longitude", sa.Float),
        sa.Column("lead_minutes", sa.Integer, nullable=False),
        sa.Column("horizon_days", sa.Integer, nullable=False),
        sa.Column("sample", sa.Boolean, nullable=False),
    )
    fixed = {
        "lead_minutes": 120,
        "horizon_days": 14,
        "sample": False,
    }
    rows = [
        {"id": one.id, "title": one.title, "address": one.address, "telephone": one.telephone}
        | fixed
        for one in townships()
    ]
    op.bulk_insert(table, rows)


def _hours() -> None:
    def shared() -> tuple[sa.Column[Any], ...]:
        return (
            _key(),
            _refers("site", "sites.id", sa.String(32)),
            sa.Column("window", sa.String(20), nullable=False),
            sa.Column("opens", sa.Time, nullable=False),
            sa.Column("closes", sa.Time, nullable=False),
            sa.Column("slot_minutes", sa.Integer, nullable=False),
            sa.Column("capacity", sa.Integer, nullable=False),
            sa.Column("walk_in_percent", sa.Integer, nullable=False),
        )

    op.create_table(
        "weekly_rules",
        *shared(),
        sa.Column("weekday", sa.Integer, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date),
        sa.Column("every_weeks", sa.Integer, nullable=False),
    )
    op.create_table("extra_days", *shared(), sa.Column("day", sa.Date, nullable=False))
    op.create_table(
        "closures",
        _key(),
        _refers("site", "sites.id", sa.String(32), null=True),
        sa.Column("window", sa.String(20)),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("opens", sa.Time),
        sa.Column("closes", sa.Time),
        sa.Column("reason", sa.String(60), nullable=False),
    )
    op.create_table(
        "special_days",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("working", sa.Boolean, nullable=False),
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("edited", sa.Boolean, nullable=False),
    )


def _slots() -> None:
    op.create_table(
        "slots",
        _key(),
        sa.Column("site", sa.String(32), sa.ForeignKey("sites.id"), nullable=False),
        sa.Column("window", sa.String(20), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("starts_at", sa.DateTime, nullable=False),
        sa.Column("ends_at", sa.DateTime, nullable=False),
        sa.Column("capacity", sa.Integer, nullable=False),
        sa.Column("bookable", sa.Integer, nullable=False),
        sa.Column("taken", sa.Integer, nullable=False),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.UniqueConstraint("site", "starts_at", "window"),
    )
    op.create_index("slots_by_day", "slots", ["site", "day"])
    op.create_table(
        "returning_places",
        _key(),
        _refers("slot", "slots.id", sa.Integer()),
        sa.Column("due_at", sa.DateTime, nullable=False, index=True),
    )
    op.create_table(
        "holds",
        sa.Column("person", sa.String(128), primary_key=True),
        _refers("slot", "slots.id", sa.Integer()),
        sa.Column("until", sa.DateTime, nullable=False, index=True),
    )
    op.create_table(
        "waiting_entries",
        sa.Column("person", sa.String(128), primary_key=True),
        _refers("site", "sites.id", sa.String(32)),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("since", sa.DateTime, nullable=False),
        sa.Column("offered_until", sa.DateTime),
    )


def _appointments() -> None:
    op.create_table(
        "appointments",
        _key(),
        sa.Column("person", sa.String(128), index=True),
        _refers("slot", "slots.id", sa.Integer()),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("code", sa.String(6), nullable=False, index=True),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("reminders", sa.Boolean, nullable=False),
        sa.Column("name", sa.String(40)),
        sa.Column("phone", sa.String(20)),
        sa.Column("source", sa.String(10), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("arrived_at", sa.DateTime),
        sa.Column("serving_at", sa.DateTime),
        sa.Column("ended_at", sa.DateTime),
        sa.Column("blanked_at", sa.DateTime),
    )
    op.create_index(
        "one_active_appointment_per_person",
        "appointments",
        ["person"],
        unique=True,
        sqlite_where=ACTIVE,
        postgresql_where=ACTIVE,
    )


def _notices() -> None:
    op.create_table(
        "notices",
        _key(),
        sa.Column("key", sa.String(32), nullable=False, unique=True),
        sa.Column("person", sa.String(128), nullable=False, index=True),
        sa.Column("kind", sa.String(20), nullable=False),
        _refers("appointment", "appointments.id", sa.Integer(), null=True),
        sa.Column("words", sa.JSON, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("due_at", sa.DateTime, nullable=False, index=True),
        sa.Column("useless_from", sa.DateTime),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("claimed_until", sa.DateTime),
        sa.Column("error", sa.String(120), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("ended_at", sa.DateTime),
        sa.Column("receipt", sa.String(32), index=True),
    )
    op.create_table(
        "notice_refusals",
        sa.Column("person", sa.String(128), primary_key=True),
        sa.Column("template", sa.String(64), primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "access_tokens",
        sa.Column("appid", sa.String(64), primary_key=True),
        sa.Column("token", sa.String(512), nullable=False),
        sa.Column("until", sa.DateTime, nullable=False),
    )
