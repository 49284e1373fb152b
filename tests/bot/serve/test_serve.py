"""`xinshimin serve`: all that production needs, in processes of their own, at one address."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click
import pytest
import requests
from click.testing import CliRunner

from bot import migrations
from bot.cli import main
from bot.cli import serve as cli
from bot.database import engine_for
from bot.serve.exit_codes import ADDRESS_TAKEN
from bot.settings import Settings
from tests.bot.serve.flood import flooding
from tests.bot.serve.running import COMMAND, everything_below, is_there, parts, serve
from tests.bot.serve.talkers import GIVES_UP, talking
from tests.bot.server import PATIENCE, Server, free_port
from tests.bot.setting_up import environment_of, settings_for


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = settings_for(tmp_path_factory.mktemp("serve"), public_url="http://127.0.0.1")
    migrations.upgrade(engine_for(made.database_url))
    return made


@pytest.fixture(scope="module")
def log(settings: Settings) -> Path:
    return Path(settings.database_url.removeprefix("sqlite:///")).with_name("serve.log")


@pytest.fixture(scope="module")
def server(settings: Settings, log: Path) -> Iterator[Server]:
    with serve(environment_of(settings), log) as running:
        yield running


def status(server: Server, path: str) -> int:
    return requests.get(server.root + path, timeout=30, allow_redirects=False).status_code


def until_heals(server: Server, path: str = "/rules") -> None:
    end = time.monotonic() + PATIENCE
    while status(server, path) != 200:
        assert time.monotonic() < end
        time.sleep(0.1)


def test_one_address_serves_everything(server: Server, settings: Settings) -> None:
    paths = {"/": 200, "/changes": 200, "/static/site.css": 200, "/healthz": 200, "/readyz": 200}
    paths |= {
        "/metrics": 200,
        "/sheet": 302,
        "/nowhere": 404,
        "/wechat": 403,
        "/staff/sign-in": 200,
    }
    assert {path: status(server, path) for path in paths} == paths
    assert talking(server.port, settings.wechat_token, people=1, seconds=0.1)[-1] < GIVES_UP
    assert set(parts(server)) == {"callback", "pages", "worker"}


def test_pages_that_hang_do_not_hold_the_chat(server: Server, settings: Settings) -> None:
    """All processes of the pages stand still, with visitors before them."""
    pages = parts(server)["pages"]
    hanging = [pages, *everything_below(pages)]
    for pid in hanging:
        os.kill(pid, signal.SIGSTOP)
    try:
        with flooding(server.port, ["home"], 50, 2):
            waits = talking(server.port, settings.wechat_token, people=5, seconds=2)
    finally:
        for pid in hanging:
            os.kill(pid, signal.SIGCONT)
    assert waits[-1] < GIVES_UP
    until_heals(server)


def test_what_is_killed_is_started_anew(server: Server, settings: Settings, log: Path) -> None:
    before = parts(server)
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    assert status(server, "/changes") in (200, 503)
    end = time.monotonic() + PATIENCE
    while len(parts(server)) < 3 or set(parts(server).values()) & set(before.values()):
        assert time.monotonic() < end
        time.sleep(0.1)
    until_heals(server)
    while talking(server.port, settings.wechat_token, people=1, seconds=0.1)[-1] >= GIVES_UP:
        assert time.monotonic() < end
    for name in before:
        assert f"{name} ended (exit code -9); it starts again in" in log.read_text()


def test_a_port_that_is_taken(server: Server, settings: Settings) -> None:
    done = run(environment_of(settings), "--port", str(server.port))
    assert done.returncode == ADDRESS_TAKEN
    assert done.stderr.startswith(f"Error: cannot listen at 127.0.0.1 port {server.port}: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"XINSHIMIN_SECRET_KEY": ""}, "XINSHIMIN_SECRET_KEY is missing"),
        ({"XINSHIMIN_DATABASE_URL": "sqlite:///{folder}/new.db"}, "xinshimin db upgrade"),
        ({"XINSHIMIN_RULES": "{folder}"}, "x.yaml"),
    ],
)
def test_a_start_that_cannot_succeed_ends_at_once_with_one_sentence(
    settings: Settings, tmp_path: Path, changed: dict[str, str], sentence: str
) -> None:
    (tmp_path / "x.yaml").write_text("amends: [", encoding="utf-8")
    given = {name: value.format(folder=tmp_path) for name, value in changed.items()}
    done = CliRunner().invoke(main, ["serve"], env=environment_of(settings) | given)
    assert done.exit_code == 1
    assert sentence in done.stderr
    assert done.stderr.count("Error: ") == 1
    assert "gunicorn" not in done.stderr


def spawned(settings: Settings, output: BinaryIO) -> "subprocess.Popen[bytes]":
    command = [*COMMAND, "--port", str(free_port()), "--workers", "1"]
    environment = dict(os.environ) | environment_of(settings)
    return subprocess.Popen(command, env=environment, stdout=output, stderr=output)


def run(environment: dict[str, str], *options: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*COMMAND, *options],
        env=dict(os.environ) | environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_with_a_faulty_library_one_process_does_it_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """gunicorn takes our place, with the options that `serve_alone` asks for."""
    settings = settings_for(tmp_path)
    migrations.upgrade(engine_for(settings.database_url))
    started: list[tuple[str, ...]] = []

    def taken(_program: str, arguments: tuple[str, ...]) -> None:
        started.append(arguments)
        raise click.Abort

    monkeypatch.setattr(cli.library, "VERSION", (3, 40, 1))
    monkeypatch.setattr(os, "execv", taken)
    CliRunner(env=environment_of(settings)).invoke(main, ["serve", "--port", "8765"])
    [arguments] = started
    assert arguments[:3] == (sys.executable, "-m", "gunicorn")
    assert arguments[-1] == "bot:create_app()"
    assert arguments[3:7] == ("--bind", "127.0.0.1:8765", "--workers", "1")


def test_where_it_is_killed_nothing_of_it_is_left(settings: Settings, tmp_path: Path) -> None:
    with (tmp_path / "log").open("ab") as output, spawned(settings, output) as process:
        end = time.monotonic() + PATIENCE
        while len(below := everything_below(process.pid)) < 5:  # two gunicorns of 2, a worker
            assert time.monotonic() < end
            time.sleep(0.05)
        process.kill()
        process.wait()
        while any(is_there(pid) for pid in below):
            assert time.monotonic() < end
            time.sleep(0.1)
