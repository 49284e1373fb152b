"""Conversations, answered messages, texts nobody understood."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("person", sa.String(128), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("seen_at", sa.DateTime, nullable=False, index=True),
    )
    op.create_table(
        "deliveries",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("person", sa.String(128), index=True),
        sa.Column("reply", sa.Text),
        sa.Column("answered_at", sa.DateTime, nullable=False, index=True),
    )
    op.create_table(
        "unmatched_texts",
        sa.Column("text", sa.String(100), primary_key=True),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("first_at", sa.DateTime, nullable=False),
        sa.Column("last_at", sa.DateTime, nullable=False, index=True),
    )


def downgrade() -> None:
    for table in ("unmatched_texts", "deliveries", "conversations"):
        op.drop_table(table)
