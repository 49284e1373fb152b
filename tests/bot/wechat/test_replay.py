"""A delivery that was copied on its way is worth nothing: in safe mode the frame tells its age and
counts once; in plain mode an address carries one message only."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from bot import create_app, retention
from bot.database import reading
from bot.service import Service
from bot.settings import Settings
from bot.wechat.crypto import encrypt
from tests.bot.setting_up import NOW, settings_for
from tests.bot.web import Watch, watch
from tests.bot.wechat.platform import ACCOUNT, signature, xml

__all__ = ["watch"]

AGO = NOW - timedelta(days=90)
TIMES = [str(int(moment.timestamp())) for moment in (AGO, NOW, NOW + timedelta(days=90))]


@dataclass(frozen=True)
class Delivery:
    """A request to the callback, as it can be copied."""

    query: dict[str, str]
    body: bytes

    def swapped(self) -> "Delivery":
        """Timestamp and nonce change places, and its signatures stay right."""
        timestamp, nonce = self.query["timestamp"], self.query["nonce"]
        return replace(self, query=self.query | {"timestamp": nonce, "nonce": timestamp})

    def carrying(self, body: str, **query: str) -> "Delivery":
        """The copied address with a body of one's own, in the clear."""
        signed = {name: self.query[name] for name in ("timestamp", "nonce", "signature")}
        return Delivery(signed | query, body.encode())


class Wire:
    """A service, and what the platform and others post to it."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.service: Service = app.extensions["xinshimin"]
        self.numbers = count(1)

    def post(self, delivery: Delivery) -> TestResponse:
        return self.client.post("/wechat", query_string=delivery.query, data=delivery.body)

    def people(self) -> list[str]:
        with reading(self.service.engine) as connection:
            return list(connection.scalars(text("SELECT person FROM conversations")))

    def plain(self, body: str, nonce: str = "") -> Delivery:
        return Delivery(self.address(nonce), body.encode())

    def safe(self, body: str, nonce: str = "") -> Delivery:
        settings, query = self.service.settings, self.address(nonce)
        frame = encrypt(body.encode(), settings.wechat_appid, settings.aes_keys[0])
        signed = self.signed(query["timestamp"], query["nonce"], frame)
        query |= {"encrypt_type": "aes", "msg_signature": signed}
        return Delivery(query, f"<xml><Encrypt><![CDATA[{frame}]]></Encrypt></xml>".encode())

    def address(self, nonce: str = "") -> dict[str, str]:
        """Its nonce is as good a time as its timestamp."""
        stamp = self.seconds
        nonce = nonce or str(stamp + next(self.numbers))
        return {
            "timestamp": f"{stamp}",
            "nonce": nonce,
            "signature": self.signed(f"{stamp}", nonce),
        }

    def signed(self, *parts: str) -> str:
        return signature(self.service.settings.wechat_token, *parts)

    def event(self, name: str) -> str:
        return xml(**self.common, MsgType="event", Event=name)

    def text(self, said: str, number: int) -> str:
        return xml(**self.common, MsgType="text", Content=said, MsgId=number)

    @property
    def common(self) -> dict[str, object]:
        return {"ToUserName": ACCOUNT, "FromUserName": "o1", "CreateTime": self.seconds}

    @property
    def seconds(self) -> int:
        return int(self.service.clock().timestamp())


@pytest.fixture
def safe(tmp_path: Path, sqlite: Path, watch: Watch) -> Wire:
    """The service as it is in production."""
    shutil.copy(sqlite, tmp_path / "service.db")
    return Wire(create_app(settings_for(tmp_path, wechat_mode="safe"), watch))


@pytest.fixture
def plain(tmp_path: Path, sqlite: Path, watch: Watch) -> Wire:
    """The service for a test account."""
    shutil.copy(sqlite, tmp_path / "plain.db")
    return Wire(create_app(any_mode(tmp_path, f"sqlite:///{tmp_path / 'plain.db'}"), watch))


def any_mode(folder: Path, url: str) -> Settings:
    return settings_for(folder, wechat_mode="any", database_url=url)


@pytest.mark.parametrize("said", ["unsubscribe", None])
def test_an_old_frame_is_refused_also_with_timestamp_and_nonce_swapped(
    safe: Wire, watch: Watch, said: str | None
) -> None:
    watch.now = AGO
    body = safe.event(said) if said else safe.text("1", 1)
    captured = safe.safe(body, nonce=TIMES[1])
    watch.now = NOW
    safe.post(safe.safe(safe.event("subscribe")))
    for copied in (captured, captured.swapped()):
        assert safe.post(copied).status_code == 403
    assert safe.people() == ["o1"]


@pytest.mark.parametrize("nonce", ["0", "7", "1320562132", "x", *TIMES])
def test_nonces_are_not_judged(safe: Wire, plain: Wire, nonce: str) -> None:
    follow = safe.event("subscribe")
    assert safe.post(safe.safe(follow, nonce)).status_code == 200
    assert plain.post(plain.plain(follow, nonce)).status_code == 200
    assert safe.people() == plain.people() == ["o1"]


@pytest.mark.parametrize(("seconds", "status"), [(600, 200), (601, 403), (-600, 200), (-601, 403)])
def test_what_is_judged_is_the_time_in_the_frame(
    safe: Wire, watch: Watch, seconds: int, status: int
) -> None:
    watch.now = NOW + timedelta(seconds=seconds)
    follow = safe.event("subscribe")
    watch.now = NOW
    assert safe.post(safe.safe(follow)).status_code == status
    assert bool(safe.people()) == (status == 200)


@pytest.mark.parametrize("created", [{}, {"CreateTime": ""}, {"CreateTime": "soon"}])
def test_a_frame_that_tells_no_time_does_nothing(safe: Wire, created: dict[str, str]) -> None:
    safe.post(safe.safe(safe.event("subscribe")))
    fields = {name: safe.common[name] for name in ("ToUserName", "FromUserName")}
    leave = xml(**fields, **created, MsgType="event", Event="unsubscribe")
    assert safe.post(safe.safe(leave)).data in (b"success", b"forbidden")
    assert safe.people() == ["o1"]


@pytest.mark.parametrize("event", ["unsubscribe", "user_authorization_revoke"])
@pytest.mark.parametrize("mode", ["safe", "plain"])
def test_leaving_counts_once_also_after_following_again(
    request: pytest.FixtureRequest, watch: Watch, mode: str, event: str
) -> None:
    wire: Wire = request.getfixturevalue(mode)
    sent: Callable[[str], Delivery] = getattr(wire, mode)
    wire.post(sent(wire.event("subscribe")))
    leave = sent(wire.event(event))
    assert wire.post(leave).data == b"success"
    assert wire.people() == []
    watch.wait(seconds=5)
    wire.post(sent(wire.event("subscribe")))
    assert wire.post(leave).data == b"success"
    assert wire.people() == ["o1"]
    wire.post(sent(wire.event(event)))
    assert wire.people() == []


@pytest.mark.parametrize("seconds", [60, 600, 3600])
def test_a_receipt_is_kept_for_as_long_as_its_frame_is_good(
    tmp_path: Path, sqlite: Path, watch: Watch, seconds: int
) -> None:
    shutil.copy(sqlite, tmp_path / "service.db")
    settings = settings_for(tmp_path, wechat_mode="safe", wechat_skew_seconds=seconds)
    safe, skew = Wire(create_app(settings, watch)), timedelta(seconds=seconds)
    watch.now = NOW + skew  # by the platform's clock, which may be so much ahead
    leave = safe.safe(safe.event("unsubscribe"))
    watch.now = NOW
    assert safe.post(leave).status_code == 200
    watch.now = NOW + 2 * skew
    retention.sweep(safe.service.engine, safe.service.settings, watch.now)
    safe.post(safe.safe(safe.event("subscribe")))
    assert safe.post(leave).status_code == 200
    assert safe.people() == ["o1"]
    watch.wait(seconds=1)
    assert safe.post(leave).status_code == 403


CARRIED: dict[str, Callable[[Wire], Delivery]] = {
    "a text": lambda wire: wire.plain(wire.text("1", 1)),
    "an event": lambda wire: wire.plain(wire.event("subscribe")),
    "an event that means nothing to us": lambda wire: wire.plain(wire.event("VIEW")),
    "the report on a notice": lambda wire: wire.plain(wire.event("subscribe_msg_sent_event")),
    "a farewell": lambda wire: wire.plain(wire.event("unsubscribe")),
    "an encrypted text": lambda wire: wire.safe(wire.text("1", 1)),
    "nothing readable": lambda wire: wire.plain("<xml><broken"),
    "no frame": lambda wire: replace(wire.safe(""), body=b"<xml>"),
    "nobody": lambda wire: wire.plain("<xml><MsgType>text</MsgType></xml>"),
}


@pytest.mark.parametrize("carried", CARRIED)
def test_an_address_that_carried_one_message_carries_no_other(plain: Wire, carried: str) -> None:
    genuine = CARRIED[carried](plain)
    assert plain.post(genuine).status_code == 200
    plain.post(plain.plain(plain.text("你好", 2)))
    for forged in (plain.text("删除我的数据", 3), plain.event("SCAN"), "<xml><other"):
        copied = genuine.carrying(forged)
        assert plain.post(copied).status_code == 403
        assert plain.post(copied.swapped()).status_code == 403
    assert plain.post(genuine).status_code == 200


def test_an_address_that_was_proven_carries_no_message(plain: Wire) -> None:
    proven = plain.plain("")
    for _ in range(2):
        echo = plain.client.get("/wechat", query_string=proven.query | {"echostr": "5"})
        assert echo.text == "5"
    assert plain.post(proven.carrying(plain.event("subscribe"))).status_code == 403
    assert plain.people() == []


def test_an_address_cut_elsewhere_is_the_same_address(plain: Wire) -> None:
    """0000 and 1795399200 are joined, and so signed, like 000 and 01795399200."""
    genuine = plain.plain(plain.event("subscribe"), nonce="0000")
    plain.post(genuine)
    cut = {"timestamp": f"0{plain.seconds}", "nonce": "000"}
    assert plain.post(genuine.carrying(plain.text("1", 1), **cut)).status_code == 403


def test_a_repeated_delivery_gets_the_reply_of_the_first_by_any_address(
    url: str, tmp_path: Path, watch: Watch
) -> None:
    plain = Wire(create_app(any_mode(tmp_path, url), watch))
    plain.post(plain.plain(plain.event("subscribe")))
    genuine, elsewhere = (plain.plain(plain.text("1", 1)) for _ in range(2))
    reply = plain.post(genuine).data
    assert "【第 1 题".encode() in reply
    for again in (genuine, genuine.swapped(), elsewhere, elsewhere.swapped(), elsewhere):
        assert plain.post(again).data == reply
    assert plain.post(elsewhere.carrying(plain.text("2", 2))).status_code == 403


def test_in_safe_mode_no_address_is_noted(safe: Wire) -> None:
    for body in (safe.event("subscribe"), safe.event("VIEW"), safe.text("1", 1)):
        assert safe.post(safe.safe(body)).status_code == 200
    with reading(safe.service.engine) as connection:
        assert set(connection.scalars(text("SELECT address FROM deliveries"))) == {None}


def test_addresses_go_with_their_receipts(plain: Wire, watch: Watch) -> None:
    for delivery in (plain.plain("<xml>"), plain.plain(plain.event("VIEW"))):
        plain.post(delivery)
    watch.wait(minutes=31)
    retention.sweep(plain.service.engine, plain.service.settings, watch.now)
    with reading(plain.service.engine) as connection:
        assert connection.scalar(text("SELECT count(*) FROM deliveries")) == 0
