"""Sign-ins to the pages that have asked WeChat."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "spent_states",
        sa.Column("state", sa.String(64), primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_spent_states_at", "spent_states", ["at"])


def downgrade() -> None:
    op.drop_table("spent_states")
