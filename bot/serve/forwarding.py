"""The front's side of passing messages on: so many at once, and none for longer than it may."""

import asyncio
from contextlib import closing
from pathlib import Path

from bot.passing import KEY
from bot.serve.requests import Request

MOST = 128  # at once; more would fill the places of our own messages while the other side is slow
TELL_SECONDS = 5.0  # of one whose answer is of no interest
GOOD = b"HTTP/1.1 200 "


class Forwarding:
    """Asks the pool at a socket of this machine (`bot.serve.forwarder`)."""

    def __init__(self, pool: Path) -> None:
        self.pool = pool
        self.telling: set[asyncio.Task[bytes | None]] = set()
        self._open = 0

    async def ask(self, request: Request, key: str, seconds: float) -> bytes | None:
        """The other service's answer as HTTP; None where there is none in so many seconds, or too
        many wait for theirs."""
        if self._open >= MOST:
            return None
        self._open += 1
        try:
            async with asyncio.timeout(seconds):
                return await self._answer(request, key)
        except OSError:  # TimeoutError among them
            return None
        finally:
            self._open -= 1

    def tell(self, request: Request, key: str) -> None:
        """Pass it on, beside what is done next."""
        task = asyncio.create_task(self.ask(request, key, TELL_SECONDS))
        self.telling.add(task)
        task.add_done_callback(self.telling.discard)

    async def _answer(self, request: Request, key: str) -> bytes | None:
        reader, writer = await asyncio.open_unix_connection(self.pool)
        with closing(writer):
            first, rest = request.content.split(b"\r\n", 1)
            writer.write(b"%b\r\n%b: %b\r\n%b" % (first, KEY, key.encode(), rest))
            found = await reader.read(-1)
        return found if found.startswith(GOOD) else None
