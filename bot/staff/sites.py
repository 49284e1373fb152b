"""The townships' windows, as the console needs them."""

from typing import Any

from flask import abort
from sqlalchemy import Connection, Row, select
from sqlmodel import col

from bot.booking.sites import site as site_of
from bot.models.site import Site
from dialogs.booking.townships import townships


def site_titles(connection: Connection) -> dict[str, str]:
    """Site id → title, in the county's own order (streets, towns, townships)."""
    rows = connection.execute(select(col(Site.id), col(Site.title))).all()
    order = {one.id: number for number, one in enumerate(townships())}
    return {row.id: row.title for row in sorted(rows, key=lambda row: order.get(row.id, 99))}


def site_or_404(connection: Connection, id: str) -> Row[Any]:
    """The window of that id, which stands in an address; the request ends where there is none."""
    return site_of(connection, id) or abort(404)
