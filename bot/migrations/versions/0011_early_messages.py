"""When what was said before the consent is deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

HELD = sa.text("early_until IS NOT NULL")


def upgrade() -> None:
    op.add_column("conversations", sa.Column("early_until", sa.DateTime))
    op.create_index(
        "ix_conversations_early_until",
        "conversations",
        ["early_until"],
        sqlite_where=HELD,
        postgresql_where=HELD,
    )


def downgrade() -> None:
    op.drop_index("ix_conversations_early_until", "conversations")
    op.drop_column("conversations", "early_until")
