"""Numbers of the queue, who sits at which window, and the states of who was called."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

INDEX = "one_active_appointment_per_person"
BEFORE = sa.text("state IN ('booked', 'arrived', 'serving')")
ACTIVE = sa.text("state IN ('booked', 'arrived', 'called', 'passed', 'serving')")

PLACES = """UPDATE slots SET taken = taken {} (
    SELECT count(*) FROM appointments WHERE slot = slots.id AND state = 'missed'
)"""


def upgrade() -> None:
    op.create_table(
        "tickets",
        sa.Column("appointment", sa.Integer, sa.ForeignKey("appointments.id"), primary_key=True),
        sa.Column("site", sa.String(32), sa.ForeignKey("sites.id"), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("number", sa.String(8), nullable=False),
        sa.Column("walk_in", sa.Boolean, nullable=False),
        sa.Column("called_to", sa.String(20)),
        sa.Column("called_at", sa.DateTime),
        sa.Column("calls", sa.Integer, nullable=False, server_default="0"),
        sa.Column("passed_at", sa.DateTime),
        sa.Column("told_at", sa.DateTime),
        sa.UniqueConstraint("site", "day", "number"),
    )
    op.create_table(
        "ticket_counters",
        sa.Column("site", sa.String(32), sa.ForeignKey("sites.id"), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("series", sa.String(1), primary_key=True),
        sa.Column("last", sa.Integer, nullable=False),
    )
    op.add_column("staff_sessions", sa.Column("site", sa.String(32)))
    op.add_column("staff_sessions", sa.Column("window", sa.String(20)))
    op.add_column("staff_sessions", sa.Column("paused_at", sa.DateTime))
    for name, default in (("walk_in_share", "25"), ("display_version", "1")):
        column = sa.Column(name, sa.Integer, nullable=False, server_default=default)
        op.add_column("sites", column)
    _index(ACTIVE)
    op.execute(PLACES.format("-"))  # of anyone who did not come: free, and taken again on coming


def downgrade() -> None:
    # An older program knows neither state; the person waits.
    op.execute("UPDATE appointments SET state = 'arrived' WHERE state IN ('called', 'passed')")
    _index(BEFORE)
    op.execute(PLACES.format("+"))
    op.drop_column("sites", "display_version")
    op.drop_column("sites", "walk_in_share")
    for name in ("paused_at", "window", "site"):
        op.drop_column("staff_sessions", name)
    op.drop_table("ticket_counters")
    op.drop_table("tickets")


def _index(active: sa.TextClause) -> None:
    op.drop_index(INDEX, "appointments")
    op.create_index(
        INDEX,
        "appointments",
        ["person"],
        unique=True,
        sqlite_where=active,
        postgresql_where=active,
    )
