"""Visitors who open pages one after another without a pause, as many as one likes: run as a process
of its own, so that it measures nobody.

    python -m tests.bot.serve.flood PORT KIND CONNECTIONS SECONDS     # prints the answers by status
"""

import asyncio
import json
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

PATIENCE = 30.0  # seconds a visitor waits for an answer
STATE = re.compile(rb"[?&]state=(\w+)")
COOKIE = re.compile(rb"^Set-Cookie: ([^;\r]+)", re.MULTILINE | re.IGNORECASE)
TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')


@dataclass
class Visitor:
    """One visitor, with a cookie if he keeps it."""

    port: int
    number: int
    answers: Counter[str]
    cookie: bytes = field(default=b"")

    async def get(self, path: str) -> bytes:
        return await self._ask(f"GET {path} HTTP/1.1\r\n".encode())

    async def post(self, path: str, form: bytes) -> bytes:
        head = f"POST {path} HTTP/1.1\r\nContent-Length: {len(form)}\r\n"
        kind = "Content-Type: application/x-www-form-urlencoded\r\n"
        return await self._ask((head + kind).encode(), form)

    async def _ask(self, head: bytes, body: bytes = b"") -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        with closing(writer):
            cookie = b"Cookie: " + self.cookie + b"\r\n" if self.cookie else b""
            writer.write(head + b"Host: a\r\nConnection: close\r\n" + cookie + b"\r\n" + body)
            async with asyncio.timeout(PATIENCE):
                answer = await reader.read(-1)
        self.answers[answer[9:12].decode() or "nothing"] += 1
        if given := COOKIE.search(answer):
            self.cookie = given[1]
        return answer


def page(path: str) -> Callable[[Visitor], Awaitable[Any]]:
    return lambda visitor: visitor.get(path)


async def unknown_states(visitor: Visitor) -> None:
    await visitor.get(f"/oauth?code=c{visitor.number}&state={visitor.number:032x}")


async def own_states(visitor: Visitor) -> None:
    """Each begins a sign-in of his own, and comes back from WeChat with a code."""
    visitor.cookie = b""
    if state := STATE.search(await visitor.get("/sheet")):
        await visitor.get(f"/oauth?code=c{visitor.number}&state={state[1].decode()}")


async def one_state(visitor: Visitor) -> None:
    """The same state again and again, with the cookie as it was."""
    if not visitor.cookie or not hasattr(visitor, "state"):
        visitor.state = STATE.search(await visitor.get("/sheet"))  # type: ignore[attr-defined]
    kept = visitor.cookie
    if visitor.state:  # type: ignore[attr-defined]
        state = visitor.state[1].decode()  # type: ignore[attr-defined]
        await visitor.get(f"/oauth?code=c{visitor.number}&state={state}")
    visitor.cookie = kept


async def estimates(visitor: Visitor) -> None:
    """The form of the questionnaire, sent."""
    found = TOKEN.search(await visitor.get("/estimate"))
    if found:
        facts = b"&permit=residence_permit&birth=1990%E5%B9%B45%E6%9C%88&education=junior_college"
        await visitor.post("/estimate", b"csrf_token=" + found[1] + facts)


async def silence(visitor: Visitor, said: bytes = b"") -> None:
    """Open a connection and send nothing, or the half of a head."""
    reader, writer = await asyncio.open_connection("127.0.0.1", visitor.port)
    with closing(writer):
        writer.write(said)
        async with asyncio.timeout(PATIENCE):
            answer = await reader.read(-1)
    visitor.answers[answer[9:12].decode() or "nothing"] += 1


KINDS: dict[str, Callable[[Visitor], Awaitable[Any]]] = {
    "home": page("/"),
    "changes": page("/changes"),
    "rules": page("/rules"),
    "privacy": page("/privacy"),
    "estimate": page("/estimate"),
    "estimates": estimates,
    "appointments": page("/appointments"),
    "sheet": page("/sheet/gAAAAABnothing"),
    "staff": page("/staff/sign-in"),
    "unknown_states": unknown_states,
    "own_states": own_states,
    "one_state": one_state,
    "silence": silence,
    "half": lambda visitor: silence(visitor, b"GET /changes HTTP/1.1\r\nHost: a\r\n"),
    "half_body": lambda visitor: silence(
        visitor, b"POST /estimate HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\na=b"
    ),
}


async def flood(port: int, kinds: list[str], connections: int, seconds: float) -> Counter[str]:
    """So many connections of each kind; the answers by status."""
    answers: Counter[str] = Counter()
    end = time.monotonic() + seconds

    async def visit(kind: str, number: int) -> None:
        visitor = Visitor(port, number, answers)
        while time.monotonic() < end:
            try:
                await KINDS[kind](visitor)
            except (OSError, TimeoutError) as error:
                answers[type(error).__name__] += 1
                await asyncio.sleep(0.05)

    visits = [visit(kind, number) for kind in kinds for number in range(connections)]
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds + 2):
            await asyncio.gather(*visits)
    return answers


@contextmanager
def flooding(
    port: int, kinds: list[str], connections: int, seconds: float
) -> Iterator[Counter[str]]:
    """A flood from a process of its own; the answers are there at the end."""
    answers: Counter[str] = Counter()
    command = [sys.executable, "-m", "tests.bot.serve.flood"]
    given = [str(port), ",".join(kinds), str(connections), str(seconds)]
    with subprocess.Popen([*command, *given], stdout=subprocess.PIPE, text=True) as process:
        yield answers
        told, _ = process.communicate(timeout=seconds + PATIENCE)
    answers.update(json.loads(told))


if __name__ == "__main__":
    _, port, kinds, connections, seconds = sys.argv
    found = asyncio.run(flood(int(port), kinds.split(","), int(connections), float(seconds)))
    print(json.dumps(found))
