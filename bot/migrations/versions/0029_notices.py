"""A notice keeps the id of the request, or of the run of a job, that it comes from; and the few
that wait are found among all that went out."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.add_column("notices", sa.Column("cause", sa.String(36), nullable=False, server_default=""))
    op.create_index("notices_by_state", "notices", ["state", "due_at"])
    op.drop_index("ix_notices_due_at", "notices")


def downgrade() -> None:
    op.create_index("ix_notices_due_at", "notices", ["due_at"])
    op.drop_index("notices_by_state", "notices")
    op.drop_column("notices", "cause")
