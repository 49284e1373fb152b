"""A notice keeps the id of the request, or of the run of a job, that it comes from."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.add_column("notices", sa.Column("cause", sa.String(36), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("notices", "cause")
