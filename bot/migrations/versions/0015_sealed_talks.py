"""Talks and replies lie sealed. The column has another name, so that a program from before stops
instead of writing over what it cannot read. What is here is sealed after the migration, in steps:
see `bot.keys.plain`."""

import sqlalchemy as sa
from alembic import op

from bot.keys import plain

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "data_keys",
        sa.Column("id", sa.String(8), primary_key=True),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
    )
    op.execute("ALTER TABLE conversations RENAME COLUMN state TO talk")
    plain.mark(op.get_bind())


def downgrade() -> None:
    plain.unseal(op.get_bind(), "conversations", "talk", row="person")
    plain.unseal(op.get_bind(), "deliveries", "reply", row="key")
    op.execute("ALTER TABLE conversations RENAME COLUMN talk TO state")
    op.drop_table("data_keys")
