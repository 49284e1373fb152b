"""Staff accounts, sessions, audit trail, reviews, aliases taught by the staff."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _people()
    _audit()
    _reviews()
    op.create_table(
        "topic_aliases",
        sa.Column("text", sa.String(100), primary_key=True),
        sa.Column("topic", sa.String(64), nullable=False, index=True),
        sa.Column("account", sa.String(32), nullable=False),
        sa.Column("added_at", sa.DateTime, nullable=False),
    )


def _people() -> None:
    op.create_table(
        "staff_members",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account", sa.String(32), nullable=False, unique=True),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("site", sa.String(32)),
        sa.Column("password", sa.String(255), nullable=False),
        sa.Column("must_change_password", sa.Boolean, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("totp_secret", sa.String(255)),
        sa.Column("totp_last_step", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "staff_sessions",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column(
            "member", sa.Integer, sa.ForeignKey("staff_members.id"), nullable=False, index=True
        ),
        sa.Column("complete", sa.Boolean, nullable=False),
        sa.Column("started_at", sa.DateTime, nullable=False),
        sa.Column("seen_at", sa.DateTime, nullable=False, index=True),
    )
    op.create_table(
        "failed_sign_ins",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account", sa.String(32), nullable=False, index=True),
        sa.Column("address", sa.String(32), nullable=False, index=True),
        sa.Column("at", sa.DateTime, nullable=False, index=True),
    )


def _audit() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False, index=True),
        sa.Column("account", sa.String(32), nullable=False, index=True),
        sa.Column("action", sa.String(48), nullable=False, index=True),
        sa.Column("target", sa.String(64), nullable=False, index=True),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("personal", sa.Text),
    )


def _reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "appointment",
            sa.Integer,
            sa.ForeignKey("appointments.id"),
            nullable=False,
            unique=True,
        ),
        sa.Column("person", sa.String(128), index=True),
        sa.Column("site", sa.String(32), nullable=False, index=True),
        sa.Column("ruleset", sa.String(64), nullable=False),
        sa.Column("account", sa.String(32), nullable=False),
        sa.Column("started_at", sa.DateTime, nullable=False),
        sa.Column("sent_at", sa.DateTime),
    )
    op.create_table(
        "review_lines",
        sa.Column("review", sa.Integer, sa.ForeignKey("reviews.id"), primary_key=True),
        sa.Column("item", sa.String(64), primary_key=True),
        sa.Column("claimed", sa.Numeric(7, 2), nullable=False),
        sa.Column("papers", sa.Text, nullable=False),
        sa.Column("verified", sa.Numeric(7, 2)),
        sa.Column("result", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )


def downgrade() -> None:
    for table in (
        "review_lines",
        "reviews",
        "topic_aliases",
        "audit_entries",
        "failed_sign_ins",
        "staff_sessions",
        "staff_members",
    ):
        op.drop_table(table)
