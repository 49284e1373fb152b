"""WeChat's API for tests, over HTTP: gives what it is told by path, keeps what it got."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.stand_in import Call, stand_in

TOKEN = {"access_token": "token", "expires_in": 7200}


@dataclass
class Api:
    """`answers` by the end of a path; `got`: path and body of each call but those for a token."""

    answers: dict[str, Any]
    address: str = ""
    got: list[tuple[str, Any]] = field(default_factory=list)


@contextmanager
def wechat_api(answers: dict[str, Any]) -> Iterator[Api]:
    """It, at a port of its own."""
    api = Api({"stable_token": TOKEN} | answers)

    def answer(call: Call) -> None:
        name = call.path.partition("?")[0].removeprefix("/cgi-bin/")
        body = call.body()
        if name != "stable_token":
            api.got.append((name, json.loads(body) if body else None))
        call.send_json(api.answers[name])

    with stand_in(answer) as api.address:
        yield api
