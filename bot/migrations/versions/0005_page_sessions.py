"""Browsers signed in to the personal pages: kept here, no longer in the cookie."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "page_sessions",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("person", sa.String(128), nullable=False, index=True),
        sa.Column("started_at", sa.DateTime, nullable=False, index=True),
    )


def downgrade() -> None:
    op.drop_table("page_sessions")
