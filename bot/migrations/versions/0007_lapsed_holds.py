"""When the place of a lapsed hold is free for others."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("holds", sa.Column("free_at", sa.DateTime))
    op.execute("UPDATE holds SET free_at = until")
    with op.batch_alter_table("holds") as table:
        table.alter_column("free_at", existing_type=sa.DateTime(), nullable=False)
    op.drop_index("ix_holds_until", "holds")
    op.create_index("ix_holds_free_at", "holds", ["free_at"])


def downgrade() -> None:
    op.drop_index("ix_holds_free_at", "holds")
    op.create_index("ix_holds_until", "holds", ["until"])
    op.drop_column("holds", "free_at")
