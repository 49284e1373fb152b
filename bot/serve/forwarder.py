"""The pool that passes messages on to the account's other service: a process of its own, so that
neither that service nor its answers can hold anything of ours.

    python -m bot.serve.forwarder SOCKET

It asks for each message once. A repeated delivery gets what the first one got, or waits for it with
the first one: the other service may have acted already when its answer came too late. It keeps
that in memory only. Another machine, or this process started anew, passes a repeated delivery on as
WeChat would, and the other service has to know it by its MsgId, as it had to before.
"""

import asyncio
import logging
import signal
import sys
from contextlib import closing
from pathlib import Path

from cachetools import TTLCache

from bot import logs, metrics
from bot.passing import KEY
from bot.serve.answers import answer
from bot.serve.breaker import Breaker
from bot.serve.other_service import Answer, Message, OtherService, UnusableError
from bot.serve.requests import RefusedError, Request, read_request
from bot.settings import Settings
from bot.wechat import PATH

SECONDS = 3.0  # of one message, from the look-up of the name to the last byte
KEPT_SECONDS = 60.0  # WeChat's three deliveries take some fifteen
MOST_KEPT = 4096
TELL_SECONDS = 60.0  # between two lines of the log about the same
PASSED_ON = (b"content-type", b"user-agent", b"accept", b"pragma")

log = logging.getLogger(__name__)


class Forwarder:
    """Passes on to one service, for one front."""

    def __init__(self, other: OtherService) -> None:
        self.other = other
        self.breaker = Breaker()
        self._asked: TTLCache[str, asyncio.Task[Answer | None]] = TTLCache(MOST_KEPT, KEPT_SECONDS)
        self._told: TTLCache[str, bool] = TTLCache(16, TELL_SECONDS)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request of the front, or of the supervisor, who asks whether we answer."""
        with closing(writer):
            try:
                request = await read_request(reader, writer)
            except (RefusedError, EOFError):
                return
            if request.path != PATH:
                writer.write(answer("200 OK", {"Content-Length": "0"}))
                return
            key, message = taken_apart(request)
            found = await asyncio.shield(self._once(key, message))
            writer.write(_as_http(found))

    def _once(self, key: str, message: Message) -> "asyncio.Task[Answer | None]":
        task = self._asked.get(key)
        if task is None:
            task = self._asked[key] = asyncio.create_task(self._ask(message))
        return task

    async def _ask(self, message: Message) -> Answer | None:
        if not self.breaker.lets_through():
            self._tell("resting", "it did not answer the last ones")
            return None
        try:
            async with asyncio.timeout(SECONDS):
                found = await self.other.ask(message)
        except OSError as error:  # TimeoutError among them
            self.breaker.failed()
            self._tell("away", type(error).__name__)
            return None
        except UnusableError as error:
            self.breaker.worked()
            self._tell("unusable", str(error))
            return None
        self.breaker.worked()
        metrics.FORWARDED.labels("answered").inc()
        return found

    def _tell(self, outcome: str, why: str) -> None:
        metrics.FORWARDED.labels(outcome).inc()
        if why not in self._told:
            self._told[why] = True
            log.error("no answer from the account's other service (XINSHIMIN_FORWARD): %s", why)


def taken_apart(request: Request) -> tuple[str, Message]:
    """The key by which the front named a message, and the message."""
    head, _, body = request.content.partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    query = first.split(b" ")[1].partition(b"?")[2]
    key = next(line for line in lines if line.startswith(KEY)).partition(b": ")[2]
    kept = (line for line in lines if line.partition(b":")[0].lower() in PASSED_ON)
    return key.decode(), Message(query, tuple(kept), body)


def _as_http(found: Answer | None) -> bytes:
    if found is None:
        return answer("502 Bad Gateway", {"Content-Length": "0"})
    headers = {"Content-Type": found.kind, "Content-Length": str(len(found.body))}
    return answer("200 OK", headers, found.body)


async def run(at: Path, other: OtherService) -> None:
    """Until SIGTERM."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with await asyncio.start_unix_server(Forwarder(other).serve, at):
        await stop.wait()


def main() -> None:
    """What `xinshimin serve` starts; it has checked the settings."""
    settings = Settings.from_environment()
    logs.start(settings.log_level)
    asyncio.run(run(Path(sys.argv[1]), OtherService(settings.forward)))


if __name__ == "__main__":
    main()
