"""Who, in an account that answers in other ways too, is talking to us."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.create_table(
        "visits",
        sa.Column("person", sa.String(128), primary_key=True),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
    )
    op.create_index("ix_visits_until", "visits", ["until"])


def downgrade() -> None:
    op.drop_table("visits")
