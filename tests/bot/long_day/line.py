"""WeChat's end of the callback over a real connection: it delivers a message up to three times,
sometimes once more though it was answered, and notes what came back."""

import http.client
import ssl
import threading
import time
from collections import deque
from contextlib import closing
from dataclasses import dataclass, field
from typing import NamedTuple, cast
from urllib.parse import urlencode

from flask.testing import FlaskClient

from bot.clock import Clock
from bot.settings import Settings
from tests.bot.outages.crowd import SORRY
from tests.bot.wechat.platform import Platform

DELIVERIES = 3
GIVES_UP = 5.0  # seconds; so does the platform
TLS = ssl._create_unverified_context()


class Endpoint(NamedTuple):
    """Where a service answers."""

    host: str
    port: int
    tls: bool = False


class Answer(NamedTuple):
    """As `Platform.opened` reads it."""

    status_code: int
    data: bytes


@dataclass
class Connections:
    """One connection for each delivery, to an address; `post` is that of Flask's test client."""

    to: Endpoint

    def post(self, path: str, query_string: dict[str, str], data: bytes) -> Answer:
        """Raises OSError, HTTPException: there is no whole answer."""
        with closing(connection_to(self.to)) as line:
            line.request("POST", f"{path}?{urlencode(query_string)}", data)
            answer = line.getresponse()
            return Answer(answer.status, answer.read())


def connection_to(to: Endpoint) -> http.client.HTTPConnection:
    """A new one, that gives up when the platform does."""
    if to.tls:
        return http.client.HTTPSConnection(to.host, to.port, timeout=GIVES_UP, context=TLS)
    return http.client.HTTPConnection(to.host, to.port, timeout=GIVES_UP)


@dataclass(eq=False)
class Message:
    """One message and what became of it. `reply`: "" is success, None no answer to any delivery;
    `matters`: something follows from it, so what was answered must be there."""

    person: str
    body: str
    mode: str
    sent: float
    said: str = ""
    reply: str | None = None
    matters: bool = True

    @property
    def is_kept(self) -> bool:
        """It was answered: what it did must be there."""
        return self.reply is not None and self.reply not in SORRY

    @property
    def is_told(self) -> bool:
        """The person was told that nothing was done."""
        return self.reply == SORRY[0]


@dataclass
class Line:
    """Delivers to `to`. `waits`: when each delivery that was answered began, and how long it took
    (seconds); `broken` how many were not, `changed` whose repetition was answered otherwise."""

    settings: Settings
    clock: Clock
    to: Endpoint
    waits: list[tuple[float, float]] = field(default_factory=list)
    broken: int = 0
    repeated: int = 0
    changed: list[Message] = field(default_factory=list)
    _again: deque[Message] = field(default_factory=deque)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def deliver(self, person: str, said: str, body: str, mode: str, again: bool) -> Message:
        """Until it is answered, three times at most; `again`: and once more five seconds later."""
        message = Message(person, body, mode, time.monotonic(), said)
        for _ in range(DELIVERIES):
            began = time.monotonic()
            message.reply = self._once(message)
            if message.reply is not None:
                break
            time.sleep(max(0.0, began + GIVES_UP - time.monotonic()))
        if again and message.is_kept:
            self._again.append(message)
        return message

    def repeat(self, all_of_them: bool = False) -> None:
        """Deliver again what was answered five seconds ago."""
        while self._again and (all_of_them or time.monotonic() - self._again[0].sent > GIVES_UP):
            message = self._again.popleft()
            reply = self._once(message)
            if reply is not None and reply not in SORRY:
                self.repeated += 1
                if reply != message.reply:
                    self.changed.append(message)

    def platform(self) -> Platform:
        """What writes and reads the bodies, at this moment."""
        client = cast(FlaskClient, Connections(self.to))
        return Platform(client, self.settings, int(self.clock().timestamp()))

    def _once(self, message: Message) -> str | None:
        platform, began = self.platform(), time.monotonic()
        try:
            answer = platform.post(message.body, message.mode)
        except (OSError, http.client.HTTPException):
            answer = None
        took = time.monotonic() - began
        if answer is None or answer.status_code != http.client.OK:
            with self._lock:
                self.broken += 1
            return None
        self.waits.append((began, took))
        return platform.opened(answer, message.mode).get("Content", "")
