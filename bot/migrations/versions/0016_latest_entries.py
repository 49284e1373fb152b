"""What an account did in the last minute is found without reading all that it ever did."""

from alembic import op

revision = "0016"
down_revision = "0015"

INDEX, TABLE = "ix_audit_entries_account_at", "audit_entries"


def upgrade() -> None:
    op.create_index(INDEX, TABLE, ["account", "at"])


def downgrade() -> None:
    op.drop_index(INDEX, TABLE)
