"""`xinshimin worker` ends when it is told to, whatever the database does."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.bot.frozen import frozen
from tests.bot.server import PATIENCE
from tests.bot.setting_up import environment_of, settings_for
from tests.bot.wire import wired

ENDS_WITHIN = 5.0  # seconds
pytestmark = [
    pytest.mark.postgres,
    pytest.mark.parametrize("url", ["postgresql"], indirect=True),
]


@contextmanager
def worker(url: str, folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """One that has begun to work."""
    log = folder / "worker.log"
    environment = environment_of(replace(settings_for(folder), database_url=url))
    environment |= {"XINSHIMIN_WECHAT_API": "http://127.0.0.1:9", "XINSHIMIN_LOG_LEVEL": "INFO"}
    command = [str(Path(sys.executable).with_name("xinshimin")), "worker"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=os.environ | environment, cwd=folder, stderr=output)
    try:
        yield process
    finally:
        process.kill()
        process.wait(PATIENCE)


def ends(process: "subprocess.Popen[bytes]") -> None:
    began = time.monotonic()
    process.terminate()
    assert process.wait(PATIENCE) in (0, -signal.SIGTERM)  # the latter while it starts
    assert time.monotonic() - began < ENDS_WITHIN


def test_beside_a_frozen_server(url: str, tmp_path: Path) -> None:
    with worker(url, tmp_path) as process:
        time.sleep(4)
        with frozen(url):
            time.sleep(4)  # it waits now
            assert process.poll() is None
            ends(process)


def test_on_a_network_that_swallows_everything(url: str, tmp_path: Path) -> None:
    with wired(url) as wire, worker(wire.url, tmp_path) as process:
        while not wire.trips:
            time.sleep(0.1)
        wire.swallows = True
        time.sleep(4)
        assert process.poll() is None
        ends(process)


def test_beside_a_socket_that_accepts_and_says_nothing(tmp_path: Path, url: str) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / ".s.PGSQL.5432"))
        listener.listen()
        with worker(f"postgresql://nobody@/nothing?host={tmp_path}", tmp_path) as process:
            listener.accept()  # it asks
            ends(process)
