"""What the list of affected appointments looks for is found among a million others."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

INDEXES = (  # name, table, column, condition on SQLite and on PostgreSQL
    ("closed_slots", "slots", "starts_at", "open IS 0", "open IS false"),
    ("reopened_appointments", "appointments", "slot", "reopened_at IS NOT NULL", ""),
)


def upgrade() -> None:
    for name, table, column, sqlite, postgresql in INDEXES:
        op.create_index(
            name,
            table,
            [column],
            sqlite_where=sa.text(sqlite),
            postgresql_where=sa.text(postgresql or sqlite),
        )


def downgrade() -> None:
    for name, table, *_ in INDEXES:
        op.drop_index(name, table)
