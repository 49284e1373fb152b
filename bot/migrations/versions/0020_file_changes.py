"""Changes of the county's own files: drafted by one officer, decided by another."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "file_changes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("file", sa.String(80), nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.Column("what", sa.String(160), nullable=False),
        sa.Column("undoes", sa.Integer),
        sa.Column("author", sa.String(32), nullable=False),
        sa.Column("drafted_at", sa.DateTime, nullable=False),
        sa.Column("state", sa.String(16), nullable=False, index=True),
        sa.Column("decided_by", sa.String(32)),
        sa.Column("decided_at", sa.DateTime),
        sa.Column("number", sa.Integer),
        sa.UniqueConstraint("file", "number"),
    )


def downgrade() -> None:
    op.drop_table("file_changes")
