"""A row of the table: what happens to the people who write while something goes wrong."""

import time
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread

from sqlalchemy import make_url, text

from bot.database import engine_for
from tests.bot.outages.crowd import Crowd, Delivery
from tests.bot.outages.faults import Fault
from tests.bot.outages.places import Place
from tests.bot.outages.set_ups import BEFORE, running, upgrade_before
from tests.bot.setting_up import environment_of, settings_for

LATEST = 4.5  # seconds until an answer
RATE = 4.0  # messages a second
WELL_AGAIN = 30.0  # seconds after the end
AFTER = 5.0  # so long the crowd goes on writing, once all are answered
WAY = 0.05  # seconds to WeChat and back
LEAVING = [f"leaving{number}" for number in range(5)]


@dataclass(frozen=True)
class Row:
    """What happened to the messages that were written from the beginning of the fault on."""

    during: list[Delivery]
    ended: float
    kept: dict[str, str]  # what the database says was said, by person

    def who(self, what: str) -> set[str]:
        return {one.person for one in self.during if getattr(one, what)}

    @property
    def lost(self) -> set[str]:
        """Whose reply the database does not know, or another one."""
        heard = {one.person: one.said for one in self.during if one.is_answered}
        return {person for person, said in heard.items() if self.kept.get(person) != said}

    @property
    def silent(self) -> list[Delivery]:
        """For whom the platform gave up."""
        return [one for one in self.during if one.said is None and not one.is_refused]

    @property
    def slowest(self) -> float:
        return max(one.took for one in self.during)

    @property
    def well_after(self) -> float:
        """Seconds from the end of the fault until the last one who was not answered knew it."""
        ends = [one.sent + one.took for one in self.during if one.said is None or one.is_told]
        return max([0.0, *(end - self.ended for end in ends)])

    def __str__(self) -> str:
        return (
            f"{len(self.during)} sent, {len(self.who('is_answered'))} answered, "
            f"{len(self.who('is_told'))} told to write again, "
            f"{len(self.who('is_refused'))} refused, {len(self.silent)} without an answer, "
            f"slowest {self.slowest:.2f} s, well again after {self.well_after:.1f} s, "
            f"lost {len(self.lost)}, "
            f"kept though told {len(self.who('is_told') & {*self.kept})}"
        )

    def demand(self, most_silent: int = 0) -> None:
        assert not self.lost, self
        assert len(self.silent) <= most_silent, self
        assert all(one.took < LATEST for one in self.during if one not in self.silent), self
        assert self.well_after < WELL_AGAIN, self


def suffer(
    place: Place,
    folder: Path,
    set_up: str,
    fault: Fault,
    seconds: float,
    rate: float = RATE,
    most_silent: int = 0,
) -> Row:
    """Let it happen while a crowd writes."""
    settings = replace(settings_for(folder), database_url=place.known, state=folder)
    environment = environment_of(settings) | {"XINSHIMIN_STATE": str(folder)} | place.environment
    if BEFORE:
        empty(place)
        upgrade_before(environment | {"XINSHIMIN_DATABASE_URL": place.real})
    with running(set_up, environment, folder) as port:
        crowd = Crowd(port, settings.wechat_token, WAY)
        began, ended = with_crowd(crowd, fault, place, seconds, rate)
        limit = time.monotonic() + WELL_AGAIN
        while place.talks() & {*LEAVING} and time.monotonic() < limit:
            time.sleep(0.2)
    row = Row([one for one in crowd.deliveries if began <= one.sent], ended, place.replies())
    print(
        f"\n{set_up}, {make_url(place.real).get_backend_name()}, {fault.__name__} {seconds}: {row}"
    )
    if not BEFORE:
        assert not place.talks() & {*LEAVING}, "not forgotten"
        row.demand(most_silent)
    return row


def with_crowd(
    crowd: Crowd, fault: Fault, place: Place, seconds: float, rate: float
) -> tuple[float, float]:
    """When it began and ended."""
    for one in LEAVING:
        crowd.send(one, MsgType="event", Event="subscribe")
    crowd.hear()
    began = time.monotonic()
    harming = Thread(target=fault, args=(place, seconds))
    harming.start()
    crowd.talk(rate, lambda: time.monotonic() < began + 1)
    for one in LEAVING:
        crowd.send(one, MsgType="event", Event="unsubscribe")
    crowd.talk(rate, harming.is_alive)
    ended = time.monotonic()
    most = ended + WELL_AGAIN
    crowd.talk(RATE, lambda: time.monotonic() < min(max(ended, crowd.troubled), most) + AFTER)
    crowd.hear()
    return began, ended


def empty(place: Place) -> None:
    """Without any table, for another version to make its own."""
    engine = engine_for(place.real)
    if engine.dialect.name == "sqlite":
        Path(str(engine.url.database)).unlink()
        return
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
