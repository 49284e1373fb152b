"""One address for everything: each request goes to the processes it is for.

It waits for slow senders and slow receivers, so that no process of ours ever waits
for a network. A connection carries one request, whose bytes are passed on as they are, but for a
line of the PROXY protocol before them that says where they come from, and a header that says when:
what one sends can never become part of what another one asked. When too many dawdle, the one that
has done so the longest goes.
"""

import asyncio
import logging
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from time import time
from typing import cast

from bot import busy, metrics
from bot.passing import ASK, taken_out
from bot.serve.answers import answer
from bot.serve.forwarding import Forwarding
from bot.serve.requests import LARGEST_HEAD, RefusedError, Request, read_request
from bot.wechat import PATH as CALLBACK

MOST_SLOW = 2048  # connections that we wait for
BACKLOG = 2048  # that the kernel holds for us
# Taken up together. With more of them than `MOST_SLOW` one would go before anybody had read it.
BATCH = 64
MOST_PAGES = 256  # that wait for a page
# Of the platform, that wait for their answer. Each costs a thousandth of a second at least, so that
# with more of them the last would be too late on a slow machine, or one with much else to do.
MOST_MESSAGES = 1024
MESSAGE_SECONDS = 4.3  # of one since its arrival; it should be answered in `bot.in_time.SECONDS`
# One that waited so long for us alone is refused: we are too slow for them all, to pass it on takes
# twice as long, and the kernel would soon take no more connections.
LONGEST_UNREAD = 2.0
SPARE_SECONDS = 0.2  # of these, for what is said where the other service has no answer
PATIENCE = 3.0  # seconds in which a process that was started anew must take a request
ANSWER_SECONDS = 60.0
TAKE_SECONDS = 30.0
BUFFER = 262_144  # bytes of an answer held for a slow receiver; more waits at its process
PIECE = 65_536
TELL_SECONDS = 60.0  # between two lines of the log about the same

log = logging.getLogger(__name__)

Connection = asyncio.Task[None]


class Front:
    """Serves one listening address, for processes that listen at sockets of this machine;
    `forward`: those that pass messages on to the account's other service, if it has one."""

    def __init__(self, callback: Path, pages: Path, forward: Path | None = None) -> None:
        self.callback, self.pages = callback, pages
        self.forwarding = Forwarding(forward) if forward else None
        self._all: set[Connection] = set()
        self._slow: dict[Connection, None] = {}  # the oldest first
        self._pages = 0
        self._messages = 0
        self._told: dict[str, float] = {}
        self._server: asyncio.Server | None = None
        self._busy = answer(busy.STATUS, busy.HEADERS, busy.PAGE)

    async def open(self, listener: socket.socket) -> None:
        """Begin to accept. Raises OSError where the address is taken."""
        self._server = await asyncio.start_server(
            self._serve, sock=listener, limit=LARGEST_HEAD, backlog=BATCH
        )
        listener.listen(BACKLOG)  # asyncio takes one figure for both

    async def close(self, seconds: float) -> None:
        """Accept nobody any more; who is being answered has so many seconds."""
        if self._server is not None:
            self._server.close()
        for one in list(self._slow):
            one.cancel()
        going = {*self._all, *(self.forwarding.telling if self.forwarding else ())}
        if going:
            _, left = await asyncio.wait(going, timeout=seconds)
            for one in left:
                one.cancel()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = cast(Connection, asyncio.current_task())
        self._all.add(task)
        writer.transport.set_write_buffer_limits(high=BUFFER)
        try:
            with suppress(EOFError, OSError, TimeoutError), closing(writer):
                await self._talk(reader, writer, task)
                with self._waiting_for(task):
                    async with asyncio.timeout(TAKE_SECONDS):
                        writer.close()
                        await writer.wait_closed()
        except asyncio.CancelledError:
            writer.transport.abort()
        finally:
            self._all.discard(task)

    async def _talk(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, task: Connection
    ) -> None:
        try:
            with self._waiting_for(task):
                request = await read_request(reader, writer)
        except RefusedError as refused:
            writer.write(answer(str(refused), {"Content-Length": "0"}))
            return
        if request.path == CALLBACK:
            await self._deliver(request, writer)
        elif self._pages >= MOST_PAGES:
            metrics.SHED.labels("front").inc()
            writer.write(self._busy)
        else:
            self._pages += 1
            try:
                if not await self._pass_on(request, self.pages, writer):
                    writer.write(self._busy)
            finally:
                self._pages -= 1

    @contextmanager
    def _waiting_for(self, task: Connection) -> Iterator[None]:
        """What is done inside waits for the other end. With one too many the oldest one goes."""
        self._slow[task] = None
        if len(self._slow) > MOST_SLOW:
            oldest = next(iter(self._slow))
            del self._slow[oldest]  # another one may come before it is gone
            oldest.cancel()
        try:
            yield
        finally:
            self._slow.pop(task, None)

    async def _deliver(self, request: Request, writer: asyncio.StreamWriter) -> None:
        """Give a message to the callback. Where it can have no answer in time we close without a
        word: the platform delivers it again then, as it would not after an answer of ours."""
        age = time() - request.arrived
        if self._messages >= MOST_MESSAGES or age > LONGEST_UNREAD:
            metrics.SHED.labels("front").inc()
            self._tell("refused: too many messages at once")
            return
        self._messages += 1
        try:
            async with asyncio.timeout(MESSAGE_SECONDS - age):
                if self.forwarding is None:
                    await self._pass_on(request, self.callback, writer)
                else:
                    await self._share(request, writer, self.forwarding)
        except TimeoutError:
            self._tell("no answer from the callback in time")
        finally:
            self._messages -= 1

    async def _share(
        self, request: Request, writer: asyncio.StreamWriter, forwarding: Forwarding
    ) -> None:
        """The same in an account that has another service: what is not ours is answered by that
        one, in the time that is left, and otherwise with what the callback says for this case."""
        gathered = bytearray()
        await self._pass_on(request, self.callback, writer, gathered)
        ours, passed = taken_out(bytes(gathered))
        if passed is None:
            writer.write(ours)
        elif passed.how == ASK:
            left = request.arrived + MESSAGE_SECONDS - SPARE_SECONDS - time()
            theirs = await forwarding.ask(request, passed.key, left)
            writer.write(theirs or ours)
        else:
            writer.write(ours)
            forwarding.tell(request, passed.key)

    async def _pass_on(
        self,
        request: Request,
        to: Path,
        writer: asyncio.StreamWriter,
        gathered: bytearray | None = None,
    ) -> bool:
        """Give the request to a process, and its answer back, or only gather it; False where there
        is none."""
        answered = False
        try:
            answers, process = await _connected(to)
            with closing(process):
                process.write(_sender(writer) + _dated(request))
                async with asyncio.timeout(ANSWER_SECONDS):
                    while part := await answers.read(PIECE):
                        answered = True
                        if gathered is not None:
                            gathered += part
                            continue
                        writer.write(part)
                        await writer.drain()
        except OSError as error:  # TimeoutError among them
            self._tell(f"no answer, or half of one, from {to.name}: {type(error).__name__}")
        return answered

    def _tell(self, what: str) -> None:
        """Log it, but not for each request."""
        now = asyncio.get_running_loop().time()
        if now - self._told.get(what, -TELL_SECONDS) >= TELL_SECONDS:
            self._told[what] = now
            log.warning(what)


async def _connected(to: Path) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Raises OSError where nobody listens, or takes the connection, for as long as we wait."""
    clock = asyncio.get_running_loop()
    end = clock.time() + PATIENCE
    while True:
        try:
            return await asyncio.open_unix_connection(to)
        except OSError:
            if clock.time() > end:
                raise
        await asyncio.sleep(0.05)


def _sender(writer: asyncio.StreamWriter) -> bytes:
    """Whose request it is, as a line of the PROXY protocol."""
    (address, port, *_), (ours, our_port, *_) = (
        writer.get_extra_info(name) for name in ("peername", "sockname")
    )
    address = address.partition("%")[0]  # without the interface
    kind = "TCP6" if ":" in address else "TCP4"
    return f"PROXY {kind} {address} {ours} {port} {our_port}\r\n".encode()


def _dated(request: Request) -> bytes:
    """With the time of its arrival, see `bot.arrival`."""
    first, rest = request.content.split(b"\r\n", 1)
    return b"%b\r\nX-Request-Start: t=%.3f\r\n%b" % (first, request.arrived, rest)
