"""What is over, or old enough to go, is found without looking at all there is: in a city the sweeps
of every half minute and every hour read all appointments, notices and consents."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

BY_AGE = (("notices", "ended_at"), ("notice_consents", "at"), ("notice_refusals", "at"))
BY_SLOT = (
    (
        "active_appointments",
        "state IN ('booked', 'arrived', 'called', 'passed', 'serving')",
    ),
    ("named_appointments", "blanked_at IS NULL"),
)


def upgrade() -> None:
    for table, column in BY_AGE:
        op.create_index(f"ix_{table}_{column}", table, [column])
    for name, which in BY_SLOT:
        where = sa.text(which)
        op.create_index(name, "appointments", ["slot"], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for name, _ in BY_SLOT:
        op.drop_index(name, "appointments")
    for table, column in BY_AGE:
        op.drop_index(f"ix_{table}_{column}", table)
