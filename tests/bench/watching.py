"""What request ids and figures add to a message: the same talks, with and without them, in turns in
one process that counts for several, as under `xinshimin serve`."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from math import inf
from pathlib import Path
from time import thread_time
from typing import Any
from unittest.mock import patch

from flask import Flask
from prometheus_client.metrics import MetricWrapperBase
from werkzeug.test import EnvironBuilder

from bot import metrics, request_id
from tests.bench.turns import TALK
from tests.bot.setting_up import NOW, service_for, settings_for
from tests.bot.wechat.platform import Platform

ROUNDS, PEOPLE = 40, 4
FOLDER = "PROMETHEUS_MULTIPROC_DIR"


class Nothing:
    """Counts nothing."""

    def labels(self, *_: str) -> "Nothing":
        return self

    def inc(self) -> None: ...

    def observe(self, _: float) -> None: ...


COUNTED = {name: one for name, one in vars(metrics).items() if isinstance(one, MetricWrapperBase)}
WITH = COUNTED, {"of_request": request_id.of_request, "within": request_id.within}
WITHOUT = (
    {name: Nothing() for name in COUNTED},
    {"of_request": lambda *_: "-", "within": lambda _: nullcontext()},
)


@contextmanager
def watching(watched: bool) -> Iterator[None]:
    """With ids and figures, or without. Both are put in place anew: what that does to caches meets
    both alike."""
    figures, ids = WITH if watched else WITHOUT
    with patch.multiple(metrics, **figures), patch.multiple(request_id, **ids):
        yield


def messages(platform: Platform, people: list[str]) -> list[dict[str, Any]]:
    """As a server hands them on; each is good once."""
    made = []
    for text in TALK:
        for person in people:
            body = platform.text(person, text).encode()
            query = platform.query(body)
            builder = EnvironBuilder("/wechat", method="POST", query_string=query, data=body)
            made.append(builder.get_environ())
    return made


def seconds(app: Flask, environ: dict[str, Any]) -> float:
    """Of the processor, for a message."""
    begun = thread_time()
    b"".join(app.wsgi_app(environ, lambda *_: None))
    return thread_time() - begun


def compare(rounds: int) -> None:
    """Print both and their ratio. One message goes the one way, the next one the other; which is
    first, and finds colder caches, changes. Of each the fastest of all rounds counts: what else the
    machine does only makes them slower."""
    with tempfile.TemporaryDirectory() as name:
        settings = settings_for(Path(name))
        app = service_for(settings)
        platform = Platform(app.test_client(), settings, int(NOW.timestamp()))
        fastest = [(inf, inf)] * (PEOPLE * len(TALK))
        for number in range(rounds):
            ways = ([f"o{number}-{way}-{one}" for one in range(PEOPLE)] for way in "ab")
            both = zip(*(messages(platform, way) for way in ways), strict=True)
            for at, (with_it, without) in enumerate(both):
                took = dict.fromkeys((True, False), 0.0)
                for watched in (True, False) if (number + at) % 2 else (False, True):
                    with watching(watched):
                        took[watched] = seconds(app, with_it if watched else without)
                fastest[at] = min(fastest[at][0], took[True]), min(fastest[at][1], took[False])
    watched, bare = (1000 * sum(column) / len(fastest) for column in zip(*fastest, strict=True))
    print(f"a message watched {watched:.3f} ms, unwatched {bare:.3f} ms of processor time")
    print(f"ratio (the fastest of {rounds} rounds): {watched / bare:.3f}; the aim is at most 1.02")


def main(rounds: int = ROUNDS) -> None:
    """In a process of its own: what counts asks where to when it is imported."""
    with tempfile.TemporaryDirectory() as folder:
        code = f"from tests.bench.watching import compare; compare({rounds})"
        environment = os.environ | {FOLDER: folder}
        subprocess.run([sys.executable, "-c", code], env=environment, check=True)


if __name__ == "__main__":
    main()
