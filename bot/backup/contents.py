"""What a backup holds."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, inspect, select, table

from bot import migrations


class BackupError(Exception):
    """A backup or a restore cannot be done; the message is a sentence that says why."""


@dataclass(frozen=True)
class Contents:
    """Version and number of rows of each table, as read from the backup."""

    version: str | None
    rows: dict[str, int]

    def __str__(self) -> str:
        rows = sum(self.rows.values())
        return f"version {self.version}, {rows:,} rows in {len(self.rows)} tables"


def read(connection: Connection) -> Contents:
    """Read every row of every table there is."""
    names = sorted(set(inspect(connection).get_table_names()) - {migrations.VERSION_TABLE})
    rows = {
        name: connection.execute(select(func.count()).select_from(table(name))).scalar_one()
        for name in names
    }
    return Contents(migrations.version_of(connection), rows)


def demand_known(contents: Contents, name: object) -> None:
    """Raises BackupError: it holds no database that this program could bring up to date."""
    if contents.version is None:
        raise BackupError(f"{name} holds no database of this service.")
    if not migrations.is_known(contents.version):
        raise BackupError(
            f"{name} is of version {contents.version}, which this program "
            f"({migrations.newest()}) does not know: it was written by a newer one."
        )
