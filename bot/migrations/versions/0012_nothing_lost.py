"""Whose appointment and worksheet it is; a result's total, and that it was taken back; offers of
the waiting list that lapsed before their person could know of them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

ADDED = (
    ("appointments", "served_by", sa.String(32)),
    ("reviews", "taken_back_at", sa.DateTime()),
    ("reviews", "total", sa.Numeric(7, 2)),
    ("waiting_entries", "unheard_at", sa.DateTime()),
)


def upgrade() -> None:
    for table, column, kind in ADDED:
        op.add_column(table, sa.Column(column, kind))


def downgrade() -> None:
    for table, column, _ in reversed(ADDED):
        op.drop_column(table, column)
