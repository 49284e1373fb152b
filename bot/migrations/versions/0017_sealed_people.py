"""Names, telephones, notices, worksheets and the trail's personal part lie sealed; telephones are
found by keyed hashes, and a worksheet is one row. What is here is sealed after the migration, in
steps: see `bot.keys.plain`."""

import json
from decimal import Decimal

import sqlalchemy as sa
from alembic import op

from bot.keys import plain

revision = "0017"
down_revision = "0016"

INDEXES = ("phone_index", "phone_tail_index")
TEXTS = (  # table, column, as it was
    ("appointments", "name", "varchar(40)"),
    ("appointments", "phone", "varchar(20)"),
    ("notices", "words", "json"),
)
SEALED = (  # table, column, what its rows are told apart by
    ("appointments", "name", "id"),
    ("appointments", "phone", "id"),
    ("notices", "words", "key"),
    ("audit_entries", "personal", "target"),
    ("reviews", "total", "id"),
    ("reviews", "lines", "id"),
)
LINES = sa.table(
    "review_lines",
    *(sa.column(name) for name in ("review", "item", "claimed", "papers", "verified")),
    *(sa.column(name) for name in ("result", "reason")),
)
REVIEWS = sa.table("reviews", sa.column("id"), sa.column("lines"), sa.column("total"))


def upgrade() -> None:
    for column in INDEXES:
        op.add_column("appointments", sa.Column(column, sa.String(32)))
        op.create_index(f"ix_appointments_{column}", "appointments", [column])
    for table, column, _ in TEXTS:
        _change_type(table, column, "text")
    _join_lines(op.get_bind())
    plain.mark(op.get_bind())


def downgrade() -> None:
    connection = op.get_bind()
    for table, column, row in SEALED:
        plain.unseal(connection, table, column, row=row)
    _part_lines(connection)
    for table, column, before in TEXTS:
        _change_type(table, column, before)
    for column in INDEXES:
        op.drop_index(f"ix_appointments_{column}", "appointments")
        op.drop_column("appointments", column)


def _change_type(table: str, column: str, kind: str) -> None:
    """SQLite keeps any text in any column."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind} USING {column}::{kind}")


def _join_lines(connection: sa.Connection) -> None:
    lines: dict[int, list[dict[str, object]]] = {}
    for row in connection.execute(sa.select(LINES).order_by(LINES.c.item)).mappings():
        points = {name: _text(row[name]) for name in ("claimed", "verified")}
        kept = {name: value for name, value in (dict(row) | points).items() if name != "review"}
        lines.setdefault(row["review"], []).append(kept)
    reviews = connection.execute(sa.select(REVIEWS.c.id, REVIEWS.c.total)).all()
    op.drop_table("review_lines")
    op.drop_column("reviews", "total")
    op.add_column("reviews", sa.Column("total", sa.Text()))
    op.add_column("reviews", sa.Column("lines", sa.Text()))
    for id, total in reviews:
        values = {"total": _text(total), "lines": json.dumps(lines.get(id, []), ensure_ascii=False)}
        connection.execute(sa.update(REVIEWS).where(REVIEWS.c.id == id).values(values))


def _part_lines(connection: sa.Connection) -> None:
    kept = connection.execute(sa.select(REVIEWS)).all()
    op.drop_column("reviews", "lines")
    op.drop_column("reviews", "total")
    op.add_column("reviews", sa.Column("total", sa.Numeric(7, 2)))
    op.create_table(
        "review_lines",
        sa.Column("review", sa.Integer(), sa.ForeignKey("reviews.id"), primary_key=True),
        sa.Column("item", sa.String(64), primary_key=True),
        sa.Column("claimed", sa.Numeric(7, 2), nullable=False),
        sa.Column("papers", sa.Text(), nullable=False),
        sa.Column("verified", sa.Numeric(7, 2)),
        sa.Column("result", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
    )
    for id, lines, total in kept:
        this = sa.update(REVIEWS).where(REVIEWS.c.id == id)
        connection.execute(this.values(total=total and float(total)))
        for line in json.loads(lines or "[]"):
            points = {name: line[name] and float(line[name]) for name in ("claimed", "verified")}
            connection.execute(sa.insert(LINES).values(line | points | {"review": id}))


def _text(points: object) -> str | None:
    return None if points is None else str(Decimal(str(points)).quantize(Decimal("0.01")))
