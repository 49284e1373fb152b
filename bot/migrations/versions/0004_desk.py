"""Years whose holidays are known; first moment of holds; counts of changes; settled orphans."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "known_years",
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
    )
    _know_loaded_years()
    op.add_column("holds", sa.Column("since", sa.DateTime))
    op.execute("UPDATE holds SET since = until")
    with op.batch_alter_table("holds") as table:
        table.alter_column("since", existing_type=sa.DateTime(), nullable=False)
    op.add_column("appointments", _count("changes"))
    op.add_column("appointments", sa.Column("settled_at", sa.DateTime))
    op.add_column("reviews", _count("version"))


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")


def _know_loaded_years() -> None:
    """What was loaded from the package counts; what was typed in by hand may be half a year."""
    connection = op.get_bind()
    days = sa.table("special_days", sa.column("day", sa.Date), sa.column("edited", sa.Boolean))
    loaded = connection.scalars(sa.select(days.c.day).where(days.c.edited.is_(False)))
    years = sa.table("known_years", sa.column("year", sa.Integer))
    for year in sorted({day.year for day in loaded}):
        connection.execute(sa.insert(years).values(year=year))


def downgrade() -> None:
    op.drop_column("reviews", "version")
    op.drop_column("appointments", "settled_at")
    op.drop_column("appointments", "changes")
    op.drop_column("holds", "since")
    op.drop_table("known_years")
