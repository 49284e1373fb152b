"""Many people who write to the service, each one message, at a steady rate; and what they read.

Without threads or tasks: a message costs some 0.15 ms, so that the crowd takes little from the
server beside it, and reads each answer when it comes.
"""

import re
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector
from socket import socket
from urllib.parse import urlencode

from dialogs.phrases import say
from tests.bot.wechat.platform import ACCOUNT, address, xml

CONTENT = re.compile(r"<Content><!\[CDATA\[(.*?)\]\]></Content>", re.DOTALL)
SORRY = (say("service/sorry"), say("service/unsure"))
GIVES_UP = 5.0  # seconds; so does the platform
ROOM = 65_536  # bytes read at once
LOOK = 0.2  # seconds between two looks at who gave up


@dataclass(frozen=True)
class Delivery:
    """One message: who sent it and when, how long the answer took (seconds), and what it says; ""
    is success, None no answer."""

    person: str
    sent: float
    took: float
    said: str | None

    @property
    def is_answered(self) -> bool:
        """With the reply to what was said."""
        return self.said is not None and self.said not in ("", *SORRY)

    @property
    def is_told(self) -> bool:
        """To say it again."""
        return self.said in SORRY

    @property
    def is_refused(self) -> bool:
        """The connection was closed without a word: the platform delivers it again."""
        return self.said is None and self.took < GIVES_UP


@dataclass(eq=False)
class _Line:
    """A connection on which one message is delivered."""

    person: str
    socket: socket
    message: bytes
    sent: float
    heard: bytes = b""


@dataclass
class Crowd:
    """Writes to the server at this port; its own end of a connection is closed so many seconds
    after the server's, as over a long way."""

    port: int
    token: str
    way: float = 0.0
    deliveries: list[Delivery] = field(default_factory=list)
    troubled: float = 0.0  # when the last one knew that it was not answered
    _numbers: "count[int]" = field(default_factory=count)
    _selector: DefaultSelector = field(default_factory=DefaultSelector)
    _lines: dict[_Line, None] = field(default_factory=dict)  # the oldest first
    _closing: deque[tuple[float, socket]] = field(default_factory=deque)
    _looked: float = 0.0

    def talk(self, rate: float, goes_on: Callable[[], bool]) -> None:
        """So many new people a second, whether or not those before them were answered."""
        began = time.monotonic()
        for number in count():
            while (early := began + number / rate - time.monotonic()) > 0:
                self._hear(early)
            if not goes_on():
                return
            self.send(f"p{next(self._numbers)}", MsgType="text", Content="1", MsgId=1)

    def send(self, person: str, **fields: object) -> None:
        """Post a message without waiting for its answer."""
        body = xml(ToUserName=ACCOUNT, FromUserName=person, CreateTime=1, **fields).encode()
        query = urlencode(address(self.token, int(time.time()), body))
        head = (
            f"POST /wechat?{query} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        line = _Line(person, socket(), head.encode() + body, time.monotonic())
        line.socket.setblocking(False)
        line.socket.connect_ex(("127.0.0.1", self.port))
        self._lines[line] = None
        self._selector.register(line.socket, EVENT_WRITE, line)

    def hear(self) -> None:
        """All answers."""
        while self._lines:
            self._hear(LOOK)

    def _hear(self, seconds: float) -> None:
        for key, _ in self._selector.select(seconds):
            line = key.data
            try:
                self._go_on(line, key.events)
            except OSError:
                self._end(line)
        now = time.monotonic()
        while self._closing and self._closing[0][0] <= now:
            self._closing.popleft()[1].close()
        if now - self._looked > LOOK:
            self._looked = now
            for line in [one for one in self._lines if now - one.sent >= GIVES_UP]:
                line.heard = b""
                self._end(line)

    def _go_on(self, line: _Line, event: int) -> None:
        if event == EVENT_WRITE:
            line.socket.sendall(line.message)  # less than any buffer of the kernel
            self._selector.modify(line.socket, EVENT_READ, line)
        elif part := line.socket.recv(ROOM):
            line.heard += part
        else:
            self._end(line)

    def _end(self, line: _Line) -> None:
        now = time.monotonic()
        self._selector.unregister(line.socket)
        self._closing.append((now + self.way, line.socket))
        del self._lines[line]
        one = Delivery(line.person, line.sent, now - line.sent, _said(line.heard.decode()))
        self.deliveries.append(one)
        if one.said is None or one.is_told:
            self.troubled = now


def _said(answer: str) -> str | None:
    if not answer.startswith("HTTP/1.1 200"):
        return None
    found = CONTENT.search(answer)
    return found[1] if found else ""
