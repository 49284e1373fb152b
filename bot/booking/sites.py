"""The sites, and which one is near."""

from datetime import datetime
from math import cos, hypot, radians
from typing import Any

from sqlalchemy import Connection, Row, select, update

from bot.booking.tables import sites, slots
from bot.upsert import insert_if_new
from dialogs.region import region

FARTHEST_KM = 60  # the county is no larger; beyond it, a location says nothing
_KM_PER_DEGREE = 111.2
_BEGINS_WITH = {"lead_minutes": 120, "horizon_days": 14, "sample": False}


def all_sites(connection: Connection) -> list[Row[Any]]:
    """Every site, in the order of their ids."""
    return list(connection.execute(select(sites).order_by(sites.c.id)))


def follow_county(connection: Connection) -> None:
    """A window for each township of the county's file, called as it is there; its address and
    telephone where the file has them. A window of a township that is no longer there stays, with
    the appointments at it."""
    for one in region().townships:
        told = {"address": one.address, "telephone": one.telephone}
        insert_if_new(connection, sites, id=one.id, title=one.title, **told, **_BEGINS_WITH)
        known = {name: text for name, text in told.items() if text}
        here = update(sites).where(sites.c.id == one.id)
        connection.execute(here.values(title=one.title, **known))


def site(connection: Connection, id: str) -> Row[Any] | None:
    """One site; None where the database has none of that id."""
    return connection.execute(select(sites).where(sites.c.id == id)).one_or_none()


def bookable(connection: Connection, now: datetime) -> set[str]:
    """The sites that have published slots ahead, full or not."""
    ahead = select(slots.c.site).where(slots.c.open, slots.c.starts_at > now).distinct()
    return set(connection.execute(ahead).scalars())


def nearest(connection: Connection, latitude: float, longitude: float) -> str | None:
    """The site nearest to a location (degrees) among those with coordinates, or None."""
    known = select(sites).where(sites.c.latitude.is_not(None), sites.c.longitude.is_not(None))
    near = [
        (_km(latitude, longitude, row.latitude, row.longitude), str(row.id))
        for row in connection.execute(known)
    ]
    distance, site = min(near, default=(FARTHEST_KM + 1.0, ""))
    return site if distance <= FARTHEST_KM else None


def neighbours(connection: Connection, site: str) -> tuple[str, ...]:
    """The other sites, the nearest first; without those of which nobody entered where they lie."""
    known = select(sites).where(sites.c.latitude.is_not(None), sites.c.longitude.is_not(None))
    places = {row.id: row for row in connection.execute(known)}
    here = places.pop(site, None)
    if here is None:
        return ()
    return tuple(
        sorted(
            places,
            key=lambda id: _km(
                here.latitude, here.longitude, places[id].latitude, places[id].longitude
            ),
        )
    )


def _km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Flat-earth distance: exact enough within a county."""
    north = (latitude - other_latitude) * _KM_PER_DEGREE
    east = (longitude - other_longitude) * _KM_PER_DEGREE * cos(radians(latitude))
    return hypot(north, east)
