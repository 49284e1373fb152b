"""What the windows did is counted by what reports ask, each by itself, and by month as well: so few
rows that years are added up at once."""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

KEYS = ("span", "first", "kind", "site", "name")
NUMBERS = ("booked", "over", "missed", "waited", "waited_seconds", "served", "served_seconds")
OLD_KEYS = ("site", "window", "purpose", "clerk", "hour")

figures = sa.table(
    "work_figures",
    sa.column("first", sa.Date()),
    *(sa.column(key, sa.String()) for key in KEYS if key != "first"),
    *(sa.column(name, sa.Integer()) for name in ("places", *NUMBERS)),
)
days = sa.table(
    "day_figures",
    sa.column("day", sa.Date()),
    *(sa.column(name) for name in (*OLD_KEYS, *NUMBERS)),
)
slots = sa.table("slots", *map(sa.column, ("site", "window", "day", "capacity", "open")))
NONE: sa.ColumnElement[str] = sa.literal("")
KINDS = {
    "window": (days.c.site, days.c.window),
    "hour": (NONE, sa.cast(days.c.hour, sa.String(32))),
    "purpose": (NONE, days.c.purpose),
    "clerk": (NONE, days.c.clerk),
}


def upgrade() -> None:
    op.create_index("slots_of_a_day", "slots", ["day"])
    op.create_table(
        "work_figures",
        sa.Column("span", sa.String(8), primary_key=True),
        sa.Column("first", sa.Date(), primary_key=True),
        sa.Column("kind", sa.String(8), primary_key=True),
        sa.Column("site", sa.String(32), primary_key=True),
        sa.Column("name", sa.String(32), primary_key=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("places", *NUMBERS)),
    )
    zeros = (sa.literal(0) for _ in ("places", *NUMBERS))
    counted = sa.select(sa.literal("day"), days.c.day, sa.literal("day"), NONE, NONE, *zeros)
    _insert(counted.distinct())
    for kind, key in KINDS.items():
        _days(kind, *key)
    _places()
    _months()
    op.drop_table("day_figures")


def _insert(rows: sa.Select[tuple[object, ...]]) -> None:
    op.execute(figures.insert().from_select([*KEYS, "places", *NUMBERS], rows))


def _days(kind: str, site: sa.ColumnElement[str], name: sa.ColumnElement[str]) -> None:
    sums = (sa.func.sum(days.c[number]) for number in NUMBERS)
    rows = sa.select(
        sa.literal("day"), days.c.day, sa.literal(kind), site, name, sa.literal(0), *sums
    )
    _insert(rows.where(days.c.site != "", name != "").group_by(days.c.day, site, name))


def _places() -> None:
    offered = sa.select(sa.func.coalesce(sa.func.sum(slots.c.capacity), 0)).where(
        slots.c.open,
        slots.c.day == figures.c.first,
        slots.c.site == figures.c.site,
        slots.c.window == figures.c.name,
    )
    windows = figures.update().where(figures.c.kind == "window")
    op.execute(windows.values(places=offered.scalar_subquery()))


def _months() -> None:
    counted = op.get_bind().scalars(sa.select(figures.c.first).distinct()).all()
    keys = (figures.c.kind, figures.c.site, figures.c.name)
    sums = [sa.func.sum(figures.c[name]) for name in ("places", *NUMBERS)]
    for month in {day.replace(day=1) for day in counted}:
        after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        rows = sa.select(sa.literal("month"), sa.literal(month, sa.Date()), *keys, *sums)
        here = (figures.c.first >= month) & (figures.c.first < after) & (figures.c.span == "day")
        _insert(rows.where(here, figures.c.kind != "day").group_by(*keys))


def downgrade() -> None:
    """The days are counted again."""
    op.drop_table("work_figures")
    op.drop_index("slots_of_a_day", "slots")
    op.create_table(
        "day_figures",
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("site", sa.String(32), primary_key=True),
        sa.Column("window", sa.String(20), primary_key=True),
        sa.Column("hour", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("purpose", sa.String(20), primary_key=True),
        sa.Column("clerk", sa.String(32), primary_key=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in NUMBERS),
    )
