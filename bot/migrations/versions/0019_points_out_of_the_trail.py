"""The points that a review gave lie sealed with the worksheet, and no longer in the clear beside
the office's trail."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

ENTRIES = sa.table("audit_entries", *(sa.column(name) for name in ("id", "action", "detail")))


def upgrade() -> None:
    connection = op.get_bind()
    sent = sa.select(ENTRIES.c.id, ENTRIES.c.detail).where(ENTRIES.c.action == "send_review")
    for id, detail in connection.execute(sent).all():
        left = {name: value for name, value in json.loads(detail).items() if name != "points"}
        this = sa.update(ENTRIES).where(ENTRIES.c.id == id)
        connection.execute(this.values(detail=json.dumps(left, ensure_ascii=False)))


def downgrade() -> None:
    """Nothing: earlier versions only add to what was taken away."""
