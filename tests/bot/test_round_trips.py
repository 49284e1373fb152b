"""How often a message makes the program wait for PostgreSQL: each time costs what the network takes
there and back, and while a transaction is open others wait too."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot import create_app
from bot.database import writing
from bot.service import Service
from bot.turns import take_turn
from dialogs.utterance import Followed, Said, Utterance
from tests.bot.booking.desk import NINE, NOW, make_slot
from tests.bot.setting_up import settings_for
from tests.bot.wire import Wire, wired

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.parametrize("url", ["postgresql"], indirect=True),
]
WARM = 6  # messages after which psycopg has prepared each statement
BOOKING = 12


@pytest.fixture
def wire(url: str) -> Iterator[Wire]:
    assert make_url(url).query["host"]
    with wired(url) as made:
        yield made


@pytest.fixture
def service(wire: Wire) -> Iterator[Service]:
    app = create_app(settings_for(Path("unused"), database_url=wire.url), lambda: NOW)
    made: Service = app.extensions["xinshimin"]
    yield made
    made.engine.dispose()


def trips_of(wire: Wire, act: Callable[[], object]) -> int:
    before = wire.trips
    act()
    return wire.trips - before


class Phone:
    """One person's chat over the message path."""

    def __init__(self, service: Service) -> None:
        self.service, self.count = service, 0

    def hear(self, utterance: Utterance) -> str:
        self.count += 1
        identity, address = f"m{self.count}", f"a{self.count}"
        return take_turn(self.service, "o1", identity, utterance, NOW, address) or ""

    def say(self, *texts: str) -> str:
        return [self.hear(Said(text)) for text in texts][-1]

    def again(self) -> str:
        """The platform delivers the last message once more."""
        self.count -= 1
        return self.say("什么")


def test_round_trips_of_a_message(wire: Wire, service: Service) -> None:
    """Look, begin, write, commit."""
    phone = Phone(service)
    phone.hear(Followed())
    phone.say("1", *["进度"] * WARM, *["约住住住z，3月5号z"] * WARM)
    assert trips_of(wire, lambda: phone.say("进度")) <= 4
    assert trips_of(wire, phone.again) == 1
    assert trips_of(wire, lambda: phone.say("约住住住z，3月5号z")) <= 4


def test_round_trips_of_a_booking(wire: Wire, service: Service) -> None:
    """Each of the requests that a booking consists of asks the database several things."""
    with writing(service.engine) as connection:
        make_slot(connection, NINE)
    phone = Phone(service)
    phone.hear(Followed())
    phone.say("1", "退出", "预约", "瓯北", "明天")
    held = trips_of(wire, lambda: phone.say("9点"))
    phone.say("1")
    booked = trips_of(wire, lambda: phone.say("不用提醒"))
    assert "约好了" in phone.again()
    assert max(held, booked) <= BOOKING


def test_round_trips_of_what_nobody_understands(wire: Wire, service: Service) -> None:
    phone = Phone(service)
    phone.hear(Followed())
    phone.say("1", *["火星上能不能打麻将"] * WARM)
    assert trips_of(wire, lambda: phone.say("火星上能不能打麻将")) == 4
    assert trips_of(wire, lambda: phone.say("土星上能不能打麻将")) == 4
