"""Many people who write to the service, each one message, at a steady rate; and what they read."""

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlencode

from dialogs.phrases import say
from tests.bot.wechat.platform import ACCOUNT, address, xml

CONTENT = re.compile(r"<Content><!\[CDATA\[(.*?)\]\]></Content>", re.DOTALL)
SORRY = say("service/sorry")
GIVES_UP = 30.0  # seconds; the platform does after five


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
        return self.said is not None and self.said not in ("", SORRY)


@dataclass
class Crowd:
    """Writes to the server at this port."""

    port: int
    token: str
    deliveries: list[Delivery] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=count)
    _under_way: list["asyncio.Task[None]"] = field(default_factory=list)

    async def talk(self, rate: float, goes_on: Callable[[], bool]) -> None:
        """So many new people a second, whether or not those before them were answered."""
        began = time.monotonic()
        for number in count():
            await asyncio.sleep(began + number / rate - time.monotonic())
            if not goes_on():
                return
            self.send(f"p{next(self._numbers)}", MsgType="text", Content="1", MsgId=1)

    def send(self, person: str, **fields: object) -> None:
        """Post a message without waiting for its answer."""
        self._under_way.append(asyncio.create_task(self.deliver(person, **fields)))

    async def hear(self) -> None:
        """All answers."""
        await asyncio.gather(*self._under_way)

    async def deliver(self, person: str, **fields: object) -> None:
        """Post one message, and note what came back."""
        began = time.monotonic()
        body = xml(ToUserName=ACCOUNT, FromUserName=person, CreateTime=1, **fields).encode()
        query = urlencode(address(self.token, int(time.time()), body + person.encode()))
        head = (
            f"POST /wechat?{query} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        said = None
        try:
            async with asyncio.timeout(GIVES_UP):
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.write(head.encode() + body)
                answer = (await reader.read()).decode()
                writer.close()
            if answer.startswith("HTTP/1.1 200"):
                found = CONTENT.search(answer)
                said = found[1] if found else ""
        except (OSError, TimeoutError):
            pass
        self.deliveries.append(Delivery(person, began, time.monotonic() - began, said))
