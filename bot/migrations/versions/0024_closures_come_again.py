"""Closures that come again, on a weekday, each week or once a month; and those of a township's
own."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

COLUMNS = ("weekday", "of_month")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("closures", sa.Column(name, sa.Integer()))
    own: sa.Column[bool] = sa.Column("own", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("closures", own)


def downgrade() -> None:
    """A closure of one weekday would close every day."""
    op.execute("DELETE FROM closures WHERE weekday IS NOT NULL")
    for name in (*COLUMNS, "own"):
        op.drop_column("closures", name)
