"""A stand-in for api.weixin.qq.com that speaks HTTP, checks tokens, consents and limits, swallows
repeated template messages for ten minutes, and can be told to fail."""

import json
import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import inf
from threading import Lock
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.clock import now
from tests.stand_in import Call, stand_in

LIMITS = {
    "thing": re.compile(r".{1,20}", re.DOTALL),
    "phrase": re.compile(r"[㐀-鿿]{1,5}"),
    "character_string": re.compile(r"[\x21-\x7e]{1,32}"),
    "name": re.compile(r".{1,10}"),
    "time": re.compile(r"20\d\d年\d{1,2}月\d{1,2}日 \d\d:\d\d"),
}
SWALLOWS = timedelta(minutes=10)  # by the documentation, and template messages only
SUBSCRIBED = "message/subscribe/bizsend"
CUSTOM = "message/custom/send"
SENDING = (SUBSCRIBED, "message/template/send", CUSTOM)
TICKET = "/cgi-bin/ticket/getticket"
LIST = "/cgi-bin/user/get"
BY_NAME = "/cgi-bin/user/info/batchget"
AT_ONCE = 100  # people asked for by name
ALWAYS = inf


@dataclass
class Platform:
    """What the platform knows, and how it is told to behave."""

    address: str = ""
    secret: str = "the-secret"
    token: str = "token-1"
    tokens_given: int = 0
    forced: int = 0
    tickets_given: int = 0
    calls: int = 0  # to send something
    followers: list[str] = field(default_factory=list)  # the first to follow first
    known: set[str] = field(default_factory=set)  # who ever followed
    page_of: int = 10_000  # followers listed at once
    lists_asked: list[str] = field(default_factory=list)  # after whom
    asked_by_name: list[list[str]] = field(default_factory=list)
    change_list: Callable[[dict[str, Any]], Any] = lambda answer: answer  # what is said of it
    consents: dict[tuple[str, str], float] = field(default_factory=dict)  # how many are left
    shown: list[dict[str, Any]] = field(default_factory=list)  # what people saw
    endpoints: list[str] = field(default_factory=list)
    clock: Callable[[], datetime] = now
    seen: dict[tuple[str, str], datetime] = field(default_factory=dict)
    refusing: set[str] = field(default_factory=set)
    windows: dict[str, int] = field(default_factory=dict)  # customer-service messages left
    written: list[tuple[str, str]] = field(default_factory=list)  # of them, to whom and what
    status: int = 200  # of HTTP
    error: int = 0  # errcode of every send
    numbers: bool = True  # says which number a message has
    mute: bool = False  # takes messages, but its answers are lost
    always_bad_token: bool = False
    bad_token_error: int = 40001
    kill_sender: int = 0  # process killed after its message was taken, before it hears of it
    meanwhile: Callable[[], object] | None = None  # done while a message is on its way
    while_waiting: Callable[[], object] | None = None  # done while a person waits for a token
    lock: Lock = field(default_factory=Lock)

    def people(self) -> list[str]:
        return [message["touser"] for message in self.shown]

    def agree(self, person: str, template: str, times: float = ALWAYS) -> None:
        """The person agreed in the platform's dialogue."""
        key = (person, template)
        self.consents[key] = self.consents.get(key, 0) + times

    def change_token(self) -> None:
        """The old token is invalid from now on."""
        self.token = f"token-{int(self.token.removeprefix('token-')) + 1}"

    def answer(self, path: str, query: dict[str, list[str]], body: dict[str, Any]) -> Any:
        with self.lock:
            if path == "/cgi-bin/stable_token":
                return self._give_token(body)
            self.calls += path not in (TICKET, LIST, BY_NAME)
            if self.always_bad_token or query.get("access_token") != [self.token]:
                return {"errcode": self.bad_token_error, "errmsg": "invalid credential"}
            if path == TICKET:
                return self._give_ticket(query)
            if path == LIST:
                return self.change_list(self._list(query.get("next_openid", [""])[0]))
            if path == BY_NAME:
                return self._say_who_follows([one["openid"] for one in body["user_list"]])
            return self._take(path.removeprefix("/cgi-bin/"), body)

    def _give_ticket(self, query: dict[str, list[str]]) -> Any:
        if self.error or query.get("type") != ["jsapi"]:
            return {"errcode": self.error or 40097, "errmsg": "told to"}
        self.tickets_given += 1
        ticket = f"ticket-{self.tickets_given}"
        return {"errcode": 0, "errmsg": "ok", "ticket": ticket, "expires_in": 7200}

    def _list(self, after: str) -> Any:
        """The page after this follower. The last one is named also when nobody comes behind, as by
        the documentation."""
        self.lists_asked.append(after)
        if self.error:
            return {"errcode": self.error, "errmsg": "told to"}
        first = self.followers.index(after) + 1 if after else 0
        page = self.followers[first : first + self.page_of]
        answer = {"total": len(self.followers), "count": len(page)}
        if page:
            answer["data"] = {"openid": page}
        return answer | {"next_openid": page[-1] if page else ""}

    def _say_who_follows(self, people: list[str]) -> Any:
        self.asked_by_name.append(people)
        if self.error or len(people) > AT_ONCE:
            return {"errcode": self.error or 40032, "errmsg": "told to"}
        if not {*people} <= self.known | {*self.followers}:
            return {"errcode": 40003, "errmsg": "invalid openid"}
        said = [{"openid": one, "subscribe": int(one in self.followers)} for one in people]
        return {"user_info_list": said}

    def _give_token(self, body: dict[str, Any]) -> Any:
        self.tokens_given += 1
        if self.while_waiting:
            self.while_waiting()
        if body["secret"] != self.secret:
            return {"errcode": 40125, "errmsg": "invalid appsecret"}
        if body["force_refresh"]:
            self.forced += 1
            self.change_token()
        return {"access_token": self.token, "expires_in": 7200}

    def _take(self, endpoint: str, message: dict[str, Any]) -> Any:
        if endpoint not in SENDING:
            return {"errcode": 40066, "errmsg": "invalid url"}
        if self.meanwhile:
            self.meanwhile()
        if self.error:
            return {"errcode": self.error, "errmsg": "told to"}
        if endpoint == CUSTOM:
            return self._write(message)
        return self._fault(message) or self._show(endpoint, message)

    def _write(self, message: dict[str, Any]) -> dict[str, Any]:
        """A customer-service message, in its window; it has no key, so nothing is swallowed."""
        person = message["touser"]
        if person not in self.windows:
            return {"errcode": 45015, "errmsg": "response out of time limit"}
        if self.windows[person] < 1:
            return {"errcode": 45047, "errmsg": "out of response count limit"}
        self.windows[person] -= 1
        self.written.append((person, message["text"]["content"]))
        if self.kill_sender:
            os.kill(self.kill_sender, signal.SIGKILL)
            self.kill_sender = 0
        if self.mute:
            raise ConnectionError
        return {"errcode": 0, "errmsg": "ok"}

    def _fault(self, message: dict[str, Any]) -> dict[str, Any] | None:
        if message["touser"] in self.refusing:
            return {"errcode": 43101, "errmsg": "user refuse to accept the msg"}
        if not message["template_id"]:
            return {"errcode": 40037, "errmsg": "invalid template_id"}
        for name, value in message["data"].items():
            if not LIMITS[name.rstrip("0123456789")].fullmatch(value["value"]):
                return {"errcode": 47003, "errmsg": f"argument invalid! data.{name}.value"}
        return None

    def _show(self, endpoint: str, message: dict[str, Any]) -> dict[str, Any]:
        once = (message["touser"], message["client_msg_id"])
        before = self.seen.get(once)
        repeated = before is not None and self.clock() - before < SWALLOWS
        if endpoint == SUBSCRIBED or not repeated:
            key = (message["touser"], message["template_id"])
            if endpoint == SUBSCRIBED and self.consents.get(key, 0) < 1:
                return {"errcode": 43101, "errmsg": "user refuse to accept the msg"}
            self.consents[key] = self.consents.get(key, 0) - 1
            self.seen[once] = self.clock()
            self.shown.append(message)
            self.endpoints.append(endpoint)
        if self.kill_sender:
            os.kill(self.kill_sender, signal.SIGKILL)
            self.kill_sender = 0
        if self.mute:
            raise ConnectionError
        number = {"msgid": len(self.shown)} if self.numbers else {}
        return {"errcode": 0, "errmsg": "ok"} | number


@contextmanager
def platform() -> Iterator[Platform]:
    """A running platform at `address`."""
    state = Platform()

    def answer(call: Call) -> None:
        address, body = urlsplit(call.path), json.loads(call.body() or b"{}")
        if state.status != 200:
            call.send_error(state.status)
            return
        try:
            call.send_json(state.answer(address.path, parse_qs(address.query), body))
        except ConnectionError:
            call.close_connection = True

    with stand_in(answer) as state.address:
        yield state
