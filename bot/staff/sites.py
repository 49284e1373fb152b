"""The townships' windows, as the console needs them."""

from sqlalchemy import Connection, select
from sqlmodel import col

from bot.models.site import Site
from dialogs.booking.townships import townships


def site_titles(connection: Connection) -> dict[str, str]:
    """Site id → title, in the county's own order (streets, towns, townships)."""
    rows = connection.execute(select(col(Site.id), col(Site.title))).all()
    order = {one.id: number for number, one in enumerate(townships())}
    return {row.id: row.title for row in sorted(rows, key=lambda row: order.get(row.id, 99))}
