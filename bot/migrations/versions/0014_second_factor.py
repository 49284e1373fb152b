"""Devices that signed in before, printed recovery codes. Sessions end, since some began without a
second factor: from now on every role shows one."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "staff_devices",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column(
            "member",
            sa.Integer,
            sa.ForeignKey("staff_members.id"),
            primary_key=True,
            index=True,
        ),
        sa.Column("confirmed_on", sa.Date),
        sa.Column("seen_at", sa.DateTime, nullable=False, index=True),
    )
    op.create_table(
        "staff_recovery_codes",
        sa.Column("member", sa.Integer, sa.ForeignKey("staff_members.id"), primary_key=True),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("used_at", sa.DateTime),
    )
    op.execute("DELETE FROM staff_sessions")


def downgrade() -> None:
    op.drop_table("staff_recovery_codes")
    op.drop_table("staff_devices")
