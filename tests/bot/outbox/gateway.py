"""A stand-in for an SMS gateway that speaks HTTP, and can be told to be slow, broken or mad."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from tests.stand_in import Call, stand_in

MOVED = (301, 302, 307)


@dataclass
class SmsGateway:
    """What it took, and how it is told to behave."""

    address: str = ""
    taken: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    status: int = 200
    answer: bytes = b'{"result": {"code": 0}, "msgid": "7"}'
    sleep: float = 0  # seconds before it answers
    drip: float = 0  # seconds between two bytes of its answer
    hang_up: bool = False  # takes the message and closes the line


@contextmanager
def gateway() -> Iterator[SmsGateway]:
    """A running gateway at `address`."""
    state = SmsGateway()

    def answer(call: Call) -> None:
        body = call.body().decode()
        is_json = call.headers["Content-Type"] == "application/json"
        state.taken.append(json.loads(body) if is_json else dict(parse_qsl(body)))
        state.headers.append(dict(call.headers))
        state.paths.append(call.path)
        if state.hang_up:
            call.close_connection = True
            return
        time.sleep(state.sleep)
        moved = {"Location": f"{state.address}/elsewhere"}
        call.begin(state.status, len(state.answer), **(moved if state.status in MOVED else {}))
        step = 1 if state.drip else len(state.answer) or 1
        with suppress(OSError):  # the one who asked waits no longer
            for start in range(0, len(state.answer), step):
                call.wfile.write(state.answer[start : start + step])
                time.sleep(state.drip)

    with stand_in(answer) as state.address:
        yield state
