"""Texts nobody understood lie sealed; the database refuses what a replaced key has sealed; what was
said before a consent lies under one seal, that of its talk."""

import json
import secrets

import sqlalchemy as sa
from alembic import op

from bot.keys import plain
from bot.sealing import in_force
from bot.sealing.keyring import Keyring, is_sealed, keyring_of

revision = "0018"
down_revision = "0017"

SEALED = (
    ("appointments", "name"),
    ("appointments", "phone"),
    ("audit_entries", "personal"),
    ("conversations", "talk"),
    ("deliveries", "reply"),
    ("notices", "words"),
    ("reviews", "lines"),
    ("reviews", "total"),
    ("unmatched_texts", "text"),
)
TABLE = "unmatched_texts"
TALKS = sa.table("conversations", *(sa.column(name) for name in ("person", "talk", "early_until")))

TEXTS = sa.table(
    TABLE,
    sa.column("text", sa.Text),
    sa.column("times", sa.Integer),
    sa.column("first_at", sa.DateTime),
    sa.column("last_at", sa.DateTime),
)


def upgrade() -> None:
    connection = op.get_bind()
    _drop_early(connection)
    _seal_unmatched(connection)
    op.add_column("data_keys", sa.Column("retired_at", sa.DateTime()))
    in_force.prepare(connection)
    for table, column in SEALED:
        in_force.guard(connection, table, column)


def downgrade() -> None:
    connection = op.get_bind()
    for table, column in SEALED:
        in_force.unguard(connection, table, column)
    in_force.clear_away(connection)
    op.drop_column("data_keys", "retired_at")
    _unseal_unmatched(connection)


def _drop_early(connection: sa.Connection) -> None:
    """It is held for ten minutes, and lies under a second seal that only the service opens."""
    name, keys = "conversations.talk", keyring_of(connection.dialect).keys
    held = sa.select(TALKS.c.person, TALKS.c.talk).where(TALKS.c.early_until.is_not(None))
    for person, talk in connection.execute(held).all():
        ring = Keyring(keys.get(talk.split(".")[1]), keys) if is_sealed(talk) else None
        state = json.loads(ring.open(name, person, talk) if ring else talk)
        left = json.dumps(state | {"early": []}, ensure_ascii=False)
        kept = ring.seal(name, person, left) if ring else left
        this = sa.update(TALKS).where(TALKS.c.person == person)
        connection.execute(this.values(talk=kept, early_until=None))


def _seal_unmatched(connection: sa.Connection) -> None:
    """Sealed after the migration, as `bot.keys.plain` says; with it comes the index."""
    rows = connection.execute(sa.select(TEXTS)).mappings().all()
    op.drop_table(TABLE)
    id = sa.Column("id", sa.String(16), primary_key=True)
    index = sa.Column("text_index", sa.String(32), index=True)
    table = _create(id, sa.Column("text", sa.Text(), nullable=False), index)
    for row in rows:
        connection.execute(table.insert().values(dict(row) | {"id": secrets.token_hex(8)}))
    if rows:
        plain.mark(connection)


def _unseal_unmatched(connection: sa.Connection) -> None:
    plain.unseal(connection, TABLE, "text", row="id")
    columns = TEXTS.c
    joined = (
        sa.func.sum(columns.times).label("times"),
        sa.func.min(columns.first_at).label("first_at"),
        sa.func.max(columns.last_at).label("last_at"),
    )
    same = sa.select(columns.text, *joined).group_by(columns.text)
    rows = connection.execute(same).mappings().all()
    op.drop_table(TABLE)
    table = _create(sa.Column("text", sa.String(100), primary_key=True))
    for row in rows:
        connection.execute(table.insert().values(row))


def _create(*columns: sa.Column[str]) -> sa.Table:
    return op.create_table(
        TABLE,
        *columns,
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("first_at", sa.DateTime, nullable=False),
        sa.Column("last_at", sa.DateTime, nullable=False, index=True),
    )
