"""By which address a message came, where that is good for one message only."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

NOTED = sa.text("address IS NOT NULL")


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("address", sa.String(32)))
    op.create_index(
        "ix_deliveries_address",
        "deliveries",
        ["address"],
        unique=True,
        sqlite_where=NOTED,
        postgresql_where=NOTED,
    )


def downgrade() -> None:
    op.drop_index("ix_deliveries_address", "deliveries")
    op.drop_column("deliveries", "address")
