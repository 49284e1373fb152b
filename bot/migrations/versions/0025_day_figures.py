"""What the windows did is counted by day, so that reports of years are read at once."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

NUMBERS = ("booked", "over", "missed", "waited", "waited_seconds", "served", "served_seconds")


def upgrade() -> None:
    op.create_table(
        "day_figures",
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("site", sa.String(32), primary_key=True),
        sa.Column("window", sa.String(20), primary_key=True),
        sa.Column("hour", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("purpose", sa.String(20), primary_key=True),
        sa.Column("clerk", sa.String(32), primary_key=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in NUMBERS),
    )


def downgrade() -> None:
    op.drop_table("day_figures")
