"""What only real processes show: several gunicorn workers on one database, deliveries at the same
moment, and SIGKILL in the middle of work."""

import itertools
import os
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from sqlalchemy import create_engine, text

from bot import migrations
from bot.database import engine_for
from bot.settings import Settings
from tests.bot.server import ONCE, PATIENCE, Server, serving
from tests.bot.setting_up import environment_of, settings_for
from tests.bot.wechat.platform import ACCOUNT, address, xml

CONTENT = re.compile(r"<Content><!\[CDATA\[(.*)\]\]></Content>", re.DOTALL)
APP = "bot:create_app()"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = settings_for(tmp_path_factory.mktemp("processes"))
    migrations.upgrade(engine_for(made.database_url))
    return made


@pytest.fixture(scope="module")
def server(settings: Settings) -> Iterator[Server]:
    log = Path(settings.database_url.removeprefix("sqlite:///")).with_name("server.log")
    with serving(APP, environment_of(settings), log, ONCE) as running:
        yield running


def deliver(server: Server, settings: Settings, **fields: object) -> str:
    """Post a message; the text of the reply."""
    body = xml(ToUserName=ACCOUNT, CreateTime=1, **fields).encode()
    query = address(settings.wechat_token, int(time.time()), body)
    response = requests.post(f"{server.root}/wechat", params=query, data=body, timeout=10)
    assert response.status_code == 200
    found = CONTENT.search(response.text)
    return found[1] if found else ""


def rows(settings: Settings, query: str) -> list[tuple[object, ...]]:
    with create_engine(settings.database_url).connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def at_once(jobs: list[Callable[[], str]]) -> list[str]:
    """All jobs, each in its own thread, let go at the same moment."""
    gate = threading.Barrier(len(jobs))

    def go(job: Callable[[], str]) -> str:
        gate.wait()
        return job()

    with ThreadPoolExecutor(len(jobs)) as threads:
        return list(threads.map(go, jobs))


def test_deliveries_at_the_same_moment_have_one_effect(server: Server, settings: Settings) -> None:
    said = ["1", "1", "1990年5月", "大专", "三级", "42个月", "50个月", "2", "3年", "都没有"]
    deliver(server, settings, FromUserName="twice", MsgType="event", Event="subscribe")
    for number, words in enumerate(said):
        message = {"FromUserName": "twice", "MsgType": "text", "Content": words, "MsgId": number}
        replies = at_once([lambda m=message: deliver(server, settings, **m)] * 6)  # type: ignore[misc]
        assert len(set(replies)) == 1
        assert replies[0]
    query = "SELECT version FROM conversations WHERE person = 'twice'"
    assert rows(settings, query) == [(len(said) + 1,)]


def test_of_two_messages_by_one_address_at_the_same_moment_one_counts(
    server: Server, settings: Settings
) -> None:
    """The genuine one is delivered twice, as the platform does while the first still runs."""
    for number in range(20):
        bodies = [
            xml(ToUserName=ACCOUNT, FromUserName=name, MsgType="text", Content="1", MsgId=number)
            for name in (f"genuine{number}", f"genuine{number}", f"forged{number}")
        ]
        query = address(settings.wechat_token, int(time.time()), str(number).encode())

        def sent(body: str, query: dict[str, str] = query) -> str:
            answer = requests.post(f"{server.root}/wechat", params=query, data=body, timeout=10)
            return str(answer.status_code)

        first, second, forged = at_once([lambda b=body: sent(b) for body in bodies])  # type: ignore[misc]
        assert (first, second, forged) in (("200", "200", "403"), ("403", "403", "200"))


def test_one_person_talks_one_message_at_a_time(server: Server, settings: Settings) -> None:
    deliver(server, settings, FromUserName="fast", MsgType="event", Event="subscribe")
    deliver(server, settings, FromUserName="fast", MsgType="text", Content="1", MsgId=1)
    jobs = [
        lambda n=number: deliver(  # type: ignore[misc]
            server, settings, FromUserName="fast", MsgType="text", Content="进度", MsgId=n
        )
        for number in range(2, 8)
    ]
    assert all(at_once(jobs))
    query = "SELECT version FROM conversations WHERE person = 'fast'"
    assert rows(settings, query) == [(2 + len(jobs),)]


@pytest.mark.parametrize("turns", [150, pytest.param(500, marks=pytest.mark.soak)])
def test_sigkill_in_the_middle_of_many_turns(tmp_path: Path, turns: int) -> None:
    """Whatever was answered before the kill is there after it, with the same reply; and what was
    not can be sent again."""
    settings = settings_for(tmp_path)
    migrations.upgrade(engine_for(settings.database_url))
    answered: dict[int, str] = {}
    numbers, soon = itertools.count(), turns * 2 // 5
    with serving(APP, environment_of(settings), tmp_path / "first.log", ONCE) as server:
        threads = [
            threading.Thread(target=talk, args=(server, settings, numbers, turns, answered))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        while len(answered) < soon and any(thread.is_alive() for thread in threads):
            time.sleep(0.005)
        server.kill()
        for thread in threads:
            thread.join()
    assert soon <= len(answered) < turns
    with serving(APP, environment_of(settings), tmp_path / "second.log", ONCE) as server:
        for number in range(turns):
            reply = deliver(server, settings, **message(number))
            assert reply == answered.get(number, reply)
    [(taken,)] = rows(settings, "SELECT sum(version) FROM conversations")
    [(kept,)] = rows(settings, "SELECT count(*) FROM deliveries WHERE person IS NOT NULL")
    assert taken == kept == turns


def test_a_file_saved_by_halves_and_a_killed_worker_end_nothing(tmp_path: Path) -> None:
    """The only worker dies while the office's files are damaged: the one in its place goes on with
    the files as they were, says so, and takes new ones when they are sound."""
    settings = settings_for(tmp_path)
    migrations.upgrade(engine_for(settings.database_url))
    own, log = tmp_path / "rules", tmp_path / "server.log"
    own.mkdir()
    rules, notices = own / "mine.yaml", tmp_path / "notices.yaml"
    rules.write_text("amends: yongjia-2022\ntitle: 口径\n", encoding="utf-8")
    notices.write_text("consent: long_term\n", encoding="utf-8")
    environment = environment_of(settings)
    environment |= {"XINSHIMIN_RULES": str(own), "XINSHIMIN_NOTICES": str(notices)}
    with serving(APP, environment, log, workers=1) as server:
        [worker] = children(server)
        rules.write_text("amends: [", encoding="utf-8")
        notices.write_text("consent: [", encoding="utf-8")
        os.kill(worker, signal.SIGKILL)
        said = requests.get(f"{server.root}/readyz", timeout=30)
        assert said.ok
        assert "warning: the rules go on as they last were sound: mine.yaml:2: YAML" in said.text
        assert "warning: the notices go on as they last were sound: XINSHIMIN_NOTICES" in said.text
        assert requests.get(f"{server.root}/rules", timeout=10).ok
        rules.write_text("amends: yongjia-2022\ntitle: 新口径\n", encoding="utf-8")
        until(
            lambda: "the rules go on" not in requests.get(f"{server.root}/readyz", timeout=30).text
        )
    assert "Traceback" not in log.read_text()


def children(server: Server) -> set[int]:
    pid = server.process.pid
    return set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def talk(
    server: Server,
    settings: Settings,
    numbers: "itertools.count[int]",
    turns: int,
    answered: dict[int, str],
) -> None:
    """Send the next messages until all are sent or the server is gone."""
    for number in numbers:
        if number >= turns:
            return
        try:
            answered[number] = deliver(server, settings, **message(number))
        except requests.RequestException:
            return


def message(number: int) -> dict[str, object]:
    """Message `number` of them: ten people in turns."""
    person = f"person{number % 10}"
    return {"FromUserName": person, "MsgType": "text", "Content": "1", "MsgId": number}
