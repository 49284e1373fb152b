"""Every estimate of a person, wherever it is read, has an id by which `xinshimin determine`
confirms it from the same facts, and from no others."""

import json
import re
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from bot.cli import main
from bot.turns import take_turn
from dialogs.utterance import Said
from tests.bot.api.client import client_of
from tests.bot.setting_up import DATA_KEY, NOW, service_for, settings_for
from tests.bot.staff.office import Office, hired, open_and_book
from tests.bot.staff.test_review import prepared
from tests.bot.web import FACTS, Watch, signed_in, talked

ID = re.compile(r"[\w-]+:[0-9a-f]{8}:\d{4}-\d\d-\d\d:[0-9.a-z]+:(?:[0-9a-f]{16}|unkeyed)")
ENVIRONMENT = {"XINSHIMIN_DATA_KEY": DATA_KEY, "XINSHIMIN_RULES": ""}


class Place:
    """Where estimates are read: a person who told `FACTS`, in the service or elsewhere."""

    def __init__(self, app: Flask) -> None:
        self.app, self.service = app, app.extensions["xinshimin"]
        self.people = count(1)

    def said(self, *texts: str) -> str:
        """The last reply in the chat."""
        person = self.person()
        replies = [
            take_turn(self.service, person, str(number), Said(text), NOW)
            for number, text in enumerate(("你好", "你好", "1", *texts))  # agrees once more
        ]
        return replies[-1] or ""

    def page(self, address: str) -> str:
        return str(signed_in(self.app, self.person()).get(address).text)

    def reviewed(self) -> str:
        engine = self.service.engine
        office = Office(self.app, self.service, Watch(), hired(engine))
        address = prepared(office, open_and_book(engine))
        return str(office.browser("clerk").get(address).text)

    def asked(self, operation: str) -> str:
        client = client_of(self.app, name=f"portal-{operation}")
        return str(client.ask(operation, {"facts": FACTS}).text)

    def person(self) -> str:
        """A new one, who told all of it."""
        name = f"oMe-{next(self.people)}"
        talked(self.service, name)
        return name


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    app = service_for(settings_for(tmp_path_factory.mktemp("service")), clock=Watch())
    yield Place(app)
    app.extensions["xinshimin"].engine.dispose()


def ran(*command: str, facts: dict[str, Any] = FACTS) -> Result:
    return CliRunner().invoke(main, command, input=json.dumps(facts), env=ENVIRONMENT)


def by_a_model(_: Place) -> str:
    from bot.api.tools import call  # the SDK takes a second, which no other test should
    from bot.cli.rulebook import rulebook

    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XINSHIMIN_DATA_KEY", DATA_KEY)
        return str(call(rulebook("yongjia-2022"), "explain", {"facts": FACTS}).structured_content)


READ: dict[str, Callable[[Place], str]] = {
    "chat: 编号": lambda place: place.said("编号"),
    "chat: 这个编号有什么用": lambda place: place.said("这个编号有什么用"),
    "chat: 明细, the last page": lambda place: place.said("明细", "下一页", "下一页"),
    "sheet": lambda place: place.page("/sheet"),
    "one page of paper": lambda place: place.page("/sheet/a4"),
    "复核单 of the citizen": lambda place: place.page("/sheet/check"),
    "复核单 of the window": Place.reviewed,
    "API: estimate": lambda place: place.asked("estimate"),
    "API: explain": lambda place: place.asked("explain"),
    "API: advice": lambda place: place.asked("advice"),
    "MCP": by_a_model,
    "command, printed": lambda _: ran("estimate", "-").output,
    "command, JSON": lambda _: ran("estimate", "-", "--json").output,
}


@pytest.mark.parametrize("where", READ)
def test_the_id_is_confirmed_by_the_facts_and_by_no_others(place: Place, where: str) -> None:
    [id] = set(ID.findall(READ[where](place)))
    same = ran("determine", id, "-")
    assert (same.exit_code, "核对相符" in same.output) == (0, True), same.output
    other = ran("determine", id, "-", facts=FACTS | {"education": "master"})
    assert (other.exit_code, "回答和当时的不一样" in other.output) == (1, True), other.output
