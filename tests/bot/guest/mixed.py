"""Mixed messages of people who use both sides of an account, from a script that knows whose each
one is, delivered over HTTP as WeChat does."""

import http.client
import random
import ssl
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple
from urllib.parse import urlencode

from werkzeug.wrappers import Response

from bot.settings import Settings
from tests.bot.wechat.platform import ACCOUNT, MODES, Platform, xml

GIVES_UP = 5.0  # so does WeChat
THEIR_WORDS = (
    "上班时间",
    "办事指南",
    "1",
    "2",
    "在吗",
    "积分商城怎么走",
    "a&b<b>",
    "你好😀",
    "退出",
)
OUR_DOORS = ("积分助手", "测积分")
OUR_WORDS = ("1", "大专", "积分怎么查", "1990年5月", "在吗", "材料", "42个月")
THEIR_EVENTS = (
    ("CLICK", "their_menu"),
    ("SCAN", "7"),
    ("VIEW", "https://old.example.cn/"),
    ("LOCATION", ""),
    ("kf_create_session", ""),
)
BOTH_EVENTS = ("TEMPLATESENDJOBFINISH", "subscribe_msg_sent_event", "user_info_modified")
_numbers = count(10**15)


class Sent(NamedTuple):
    """A message, in which mode it goes, and whose it is: ours, ask or tell."""

    body: str
    mode: str
    whose: str


class Answered(NamedTuple):
    """The answer to a delivery of these bytes, None where there was none, and the seconds it
    took."""

    sent: Sent
    query: str
    request: bytes
    content: bytes | None
    seconds: float


def script(seed: int, messages: int) -> Iterator[Sent]:
    """What one person does, one thing after the other, each in a second of its own: so many
    messages and events."""
    chance, person, inside = random.Random(seed), f"o{seed:027d}", False
    for created in range(int(time.time()) - messages, int(time.time())):
        about = {"ToUserName": ACCOUNT, "FromUserName": person, "CreateTime": str(created)}
        dice, whose = chance.random(), "ours" if inside else "ask"
        if dice < 0.12:
            body, whose, inside = _text(about, chance.choice(OUR_DOORS)), "ours", True
        elif dice < 0.18:
            body, whose, inside = _event(about, "CLICK", "xinshimin.help"), "ours", True
        elif dice < 0.26 and inside:
            body, whose, inside = _text(about, "退出"), "ours", False
        elif dice < 0.45:
            body, whose = _event(about, *chance.choice(THEIR_EVENTS)), "ask"
        elif dice < 0.55:
            body, whose = _event(about, chance.choice(BOTH_EVENTS)), "tell"
        elif dice < 0.6:
            body = xml(**about, MsgType="image", PicUrl="x", MsgId=next(_numbers))
        else:
            body = _text(about, chance.choice(OUR_WORDS if inside else THEIR_WORDS))
        yield Sent(body, chance.choice(MODES), whose)


def _text(about: dict[str, str], said: str) -> str:
    return xml(**about, MsgType="text", Content=said, MsgId=next(_numbers))


def _event(about: dict[str, str], name: str, key: str = "") -> str:
    return xml(**about, MsgType="event", Event=name, EventKey=key, MsgId=next(_numbers))


@dataclass(frozen=True)
class Account:
    """The account's callback, at an address of this machine; `tls`: behind the proxy of a
    county."""

    port: int
    settings: Settings
    path: str = "/wechat"
    tls: bool = False

    @property
    def platform(self) -> Platform:
        return Platform(None, self.settings, int(time.time()))  # type: ignore[arg-type]

    def deliver(self, sent: Sent) -> Answered:
        """Once; in safe mode each delivery is sealed anew."""
        named, request = self.platform.request(sent.body, sent.mode)
        query, found, start = urlencode(named), None, time.monotonic()
        headers = {"User-Agent": "Mozilla/4.0", "Content-Type": "text/xml"}
        with (
            suppress(OSError, http.client.HTTPException),
            closing(self._line()) as line,
        ):
            line.request("POST", f"{self.path}?{query}", request, headers)
            answer = line.getresponse()
            found = answer.read() if answer.status == 200 else None
        return Answered(sent, query, request, found, time.monotonic() - start)

    def _line(self) -> http.client.HTTPConnection:
        if not self.tls:
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=GIVES_UP)
        trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        return http.client.HTTPSConnection(
            "127.0.0.1", self.port, timeout=GIVES_UP, context=trusting
        )

    def text(self, answered: Answered) -> str:
        """The words of an answer; "" for success."""
        if answered.content in (None, b"success"):
            return ""
        response = Response(answered.content)
        opened = self.platform.opened(response, answered.sent.mode)  # type: ignore[arg-type]
        return opened["Content"]

    def talk(self, people: range, messages: int, repeated: float, at_once: int) -> list[Answered]:
        """People who each do so much, some at once; this share of all is delivered once more. Their
        scripts begin outside: a person who talked before may still be inside."""

        def one(seed: int) -> list[Answered]:
            chance, answers = random.Random(-seed), []
            for sent in script(seed, messages):
                answers.append(self.deliver(sent))
                if chance.random() < repeated:
                    answers.append(self.deliver(sent))
            return answers

        with ThreadPoolExecutor(at_once) as pool:
            return [answer for answers in pool.map(one, people) for answer in answers]
