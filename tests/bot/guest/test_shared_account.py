"""A shared account as it is served: `xinshimin serve`, and the account's other service over HTTP.

What each person sends comes from a script that knows whose it is. The other service checks and
opens all that arrives; whatever it did not sign for breaks its answer.
"""

import os
import signal
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
import requests

from bot import migrations
from bot.database import engine_for
from bot.serve.forwarder import SECONDS
from bot.serve.forwarding import MOST
from bot.settings import Settings
from tests.bot.databases import database_on
from tests.bot.deploy.proxy import certificate, nginx
from tests.bot.guest.mixed import GIVES_UP, Account, Answered, Sent
from tests.bot.guest.other import PATH, Other, other_service
from tests.bot.serve.running import parts, serve
from tests.bot.setting_up import environment_of, settings_for
from tests.bot.wechat.platform import ACCOUNT, xml

AWAY = "这会儿没有接上"
THEIRS = "彼处 "


class Setting(NamedTuple):
    """Where an account is served. `whole`: as a county has it, with nginx before the service and
    TLS on the way to the other one."""

    database: str
    whole: bool


PLAIN = Setting("sqlite", whole=False)
COUNTY = Setting("postgresql", whole=True)
SLOW = (pytest.mark.soak, pytest.mark.postgres)


@pytest.fixture(
    scope="module",
    params=[pytest.param(PLAIN, id="plain"), pytest.param(COUNTY, id="county", marks=SLOW)],
)
def setting(request: pytest.FixtureRequest) -> Setting:
    chosen: Setting = request.param
    return chosen


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With a certificate for this machine."""
    made = tmp_path_factory.mktemp("shared")
    certificate(made, "localhost")
    return made


@pytest.fixture(scope="module")
def settings(setting: Setting, folder: Path, request: pytest.FixtureRequest) -> Iterator[Settings]:
    with ExitStack() as stack:
        about = {"public_url": "http://127.0.0.1"}
        if setting.database == "postgresql":
            server = request.getfixturevalue("postgres")
            about["database_url"] = stack.enter_context(database_on(server))
        made = settings_for(folder, **about)
        migrations.upgrade(engine_for(made.database_url))
        yield made


@pytest.fixture(scope="module")
def other(settings: Settings, setting: Setting, folder: Path) -> Iterator[Other]:
    with other_service(settings, folder if setting.whole else None) as running:
        yield running


@pytest.fixture(scope="module")
def log(folder: Path) -> Path:
    return folder / "serve.log"


@pytest.fixture(scope="module")
def account(
    settings: Settings, setting: Setting, other: Other, log: Path, folder: Path
) -> Iterator[Account]:
    trust = {"SSL_CERT_FILE": str(folder / "pem")}
    environment = environment_of(settings) | trust | {"XINSHIMIN_FORWARD": other.address}
    with serve(environment, log) as server, ExitStack() as stack:
        port = server.port
        if setting.whole:
            port = int(stack.enter_context(nginx(port, folder)).rpartition(":")[2])
        yield Account(port, settings, tls=setting.whole)
        assert set(parts(server)) == {"callback", "pages", "worker"}


def number(body: str | bytes) -> str:
    """By which a message of the script is known."""
    return str(ElementTree.fromstring(body).findtext("MsgId"))


def until_told(other: Other, messages: int) -> None:
    """Until so many have arrived there, or for some seconds."""
    end = time.monotonic() + 2
    while len(other.received) < messages and time.monotonic() < end:
        time.sleep(0.02)


def judge(account: Account, other: Other, answers: list[Answered]) -> None:
    """None stolen, altered, doubled or without its answer."""
    whose = {number(one.sent.body): one.sent for one in answers}
    for_them = {name for name, sent in whose.items() if sent.whose != "ours"}
    until_told(other, len(for_them))
    assert Counter(one.said["MsgId"] for one in other.received) == Counter(for_them)
    delivered = {(f"POST {PATH}?id=7&{one.query} HTTP/1.0", one.request) for one in answers}
    received = {one.said["MsgId"]: one for one in other.received}
    assert {(one.line, one.body) for one in received.values()} <= delivered
    first: dict[str, bytes | str] = {}
    for one in answers:
        name = number(one.sent.body)
        assert one.content is not None
        if one.sent.whose == "ask":
            assert one.content == received[name].answer
        else:
            said = account.text(one)
            assert first.setdefault(name, said) == said
            assert THEIRS not in said
            assert bool(said) == (one.sent.whose == "ours")


def test_mixed_messages_reach_whose_they_are(account: Account, other: Other) -> None:
    other.received.clear()
    answers = account.talk(people=range(20), messages=15, repeated=0.1, at_once=6)
    assert len(answers) > 300
    judge(account, other, answers)


@pytest.mark.soak
def test_ten_thousand_mixed_messages_reach_whose_they_are(
    account: Account, other: Other, capsys: pytest.CaptureFixture[str]
) -> None:
    other.received.clear()
    answers = account.talk(people=range(100, 300), messages=50, repeated=0.05, at_once=8)
    assert len(answers) > 10_000
    judge(account, other, answers)
    seconds = {
        whose: [1000 * one.seconds for one in answers if one.sent.whose == whose]
        for whose in ("ours", "ask", "tell")
    }
    with capsys.disabled():
        for whose, took in seconds.items():
            print(f"\n{whose}: {len(took)}, median {statistics.median(took):.1f} ms", end="")
            print(f", 99 of 100 within {statistics.quantiles(took, n=100)[-1]:.0f} ms", end="")


def said(text: str, person: str) -> Sent:
    about = {"ToUserName": ACCOUNT, "FromUserName": person, "CreateTime": str(int(time.time()))}
    return Sent(xml(**about, MsgType="text", Content=text, MsgId=time.time_ns()), "safe", "")


@pytest.mark.parametrize("many", [60, pytest.param(200, marks=pytest.mark.soak)])
def test_while_many_wait_for_one_that_is_frozen_ours_answers_at_once(
    account: Account, other: Other, many: int
) -> None:
    """And those who wait read a kind sentence, in time; on a busy machine some get nothing, and are
    delivered again. Two of them alone would hold both processes of the callback, if they waited
    there."""
    other.received.clear()
    other.frozen = True
    try:
        with ThreadPoolExecutor(many) as pool:
            waiting = [
                pool.submit(account.deliver, said("在吗", f"slow{many}-{one}"))
                for one in range(many)
            ]
            until_told(other, min(many, MOST))  # the callback is done with them
            ours = [account.deliver(said("测积分", f"ours{many}-{one}")) for one in range(20)]
            theirs = [one.result() for one in waiting]
    finally:
        other.frozen = False
    # The first may still meet the crowd at the door, and be asked to say it again (`bot.in_time`).
    assert all("您好" in account.text(one) for one in ours[1:])
    assert "您好" in (first := account.text(ours[0])) or "请再发一次" in first
    assert max(one.seconds for one in ours) < SECONDS
    answered = [one for one in theirs if one.content is not None]  # or delivered again, by WeChat
    assert len(answered) > many / 2
    assert all("再发一次" in account.text(one) for one in answered)
    assert max(one.seconds for one in answered) < GIVES_UP
    until_answered(account)


def until_answered(account: Account) -> None:
    """The other side is asked again after a while."""
    end = time.monotonic() + 15
    while THEIRS not in account.text(account.deliver(said("在吗", "again"))):
        assert time.monotonic() < end
        time.sleep(0.5)


def test_where_the_pool_is_killed_ours_answers_and_theirs_soon_again(
    account: Account, log: Path
) -> None:
    """Nothing of what anybody wrote, nor of the address, is in the log."""
    pid = next(
        int(one.name)
        for one in Path("/proc").iterdir()
        if one.name.isdigit() and "bot.serve.forwarder" in _command(one)
    )
    os.kill(pid, signal.SIGKILL)
    assert "您好" in account.text(account.deliver(said("测积分", "killed")))
    assert AWAY in account.text(account.deliver(said("秘密秘密", "killed2")))
    until_answered(account)
    told = log.read_text()
    assert "forward ended (exit code -9); it starts again in" in told
    assert not any(private in told for private in ("秘密", "killed2", "id=7"))


def _command(process: Path) -> str:
    try:
        return (process / "cmdline").read_text()
    except OSError:
        return ""


def test_the_address_is_proven_by_us_alone(account: Account, other: Other) -> None:
    before = len(other.received)
    query = account.platform.query(b"1", echostr="5197")
    place = f"http{'s' * account.tls}://127.0.0.1:{account.port}/wechat"
    answer = requests.get(place, params=query, timeout=9, verify=False)
    assert answer.text == "5197"
    assert "X-Pass-On" not in answer.headers
    assert len(other.received) == before
