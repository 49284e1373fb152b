"""Who is on the list of those that a closure hit, how each was told, and who must be called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from bot.booking import aftermath, rebooking
from bot.models.appointment import BOOKED
from bot.models.notice import DELIVERED, WAITING
from bot.staff.auth.access import me

CALL, OUT_OF_REACH = "call", "out_of_reach"
ON_ITS_WAY, REACHED = "on_its_way", "reached"
GROUPS = (CALL, OUT_OF_REACH, ON_ITS_WAY, REACHED)  # in the order of the list


@dataclass(frozen=True, slots=True)
class Case:
    """One appointment, the notice of what happened, and the offer of another time if there was one:
    its notice, and the place as long as it is kept."""

    row: Row[Any]
    notice: Row[Any] | None
    offer: Row[Any] | None = None
    kept: Row[Any] | None = None

    @property
    def group(self) -> str:
        """Whether a person must call, and can. Of what we do not know it, a person must."""
        if self.notice is not None and self.notice.state == DELIVERED:
            return REACHED
        waits = self.notice is not None and self.notice.state == WAITING
        if waits:
            return ON_ITS_WAY
        return CALL if self.row.phone else OUT_OF_REACH

    @property
    def can_be_offered(self) -> bool:
        """Whether another time can be kept for the person: they must have WeChat to take it."""
        return bool(self.row.person) and self.row.state == BOOKED and not self.row.open


def hit(connection: Connection) -> list[Case]:
    """Those whose window is closed, those to call first."""
    told = aftermath.told(connection, aftermath.CLOSED)
    offered, kept = aftermath.told(connection, aftermath.REBOOK), rebooking.offers(connection)
    return _in_order(
        Case(row, told.get(row.id), offered.get(row.id), kept.get(row.person))
        for row in _mine(aftermath.unsettled(connection))
    )


def restored(connection: Connection) -> list[Case]:
    """Those whose window is open again, those to call first."""
    told = aftermath.told(connection, aftermath.REOPENED)
    return _in_order(Case(row, told.get(row.id)) for row in _mine(aftermath.restored(connection)))


def counts(cases: Iterable[Case]) -> Mapping[str, int]:
    """How many there are of each group."""
    found = dict.fromkeys(GROUPS, 0)
    for case in cases:
        found[case.group] += 1
    return found


def _mine(rows: Iterable[Row[Any]]) -> Iterable[Row[Any]]:
    return (row for row in rows if me().works_at(row.site))


def _in_order(cases: Iterable[Case]) -> list[Case]:
    return sorted(cases, key=lambda case: (GROUPS.index(case.group), case.row.starts_at))
