"""By which way a notice went, and a telephone that its owner left for that. Windows that opened
again are listed until their people know."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

COLUMNS = (
    ("notices", "way", sa.String(10)),
    ("appointments", "reopened_at", sa.DateTime),
    ("appointments", "phone_agreed_at", sa.DateTime),
)


def upgrade() -> None:
    for table, name, kind in COLUMNS:
        op.add_column(table, sa.Column(name, kind))


def downgrade() -> None:
    for table, name, _ in reversed(COLUMNS):
        op.drop_column(table, name)
