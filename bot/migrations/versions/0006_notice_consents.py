"""Consents to notices; the account's ticket for scripts beside its token."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "notice_consents",
        sa.Column("person", sa.String(128), primary_key=True),
        sa.Column("template", sa.String(64), primary_key=True),
        sa.Column("left", sa.Integer),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.drop_table("access_tokens")  # a new token is fetched at once
    _create_tokens(sa.Column("kind", sa.String(8), primary_key=True))


def downgrade() -> None:
    op.drop_table("access_tokens")
    _create_tokens()
    op.drop_table("notice_consents")


def _create_tokens(*kind: sa.Column[str]) -> None:
    op.create_table(
        "access_tokens",
        sa.Column("appid", sa.String(64), primary_key=True),
        *kind,
        sa.Column("token", sa.String(512), nullable=False),
        sa.Column("until", sa.DateTime, nullable=False),
    )
