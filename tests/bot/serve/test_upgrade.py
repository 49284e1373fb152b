"""A running service is upgraded while people talk: two processes of the callback at one socket, as
the units have them, the older program beside the newer database, then one after the other the newer
program. Each message is delivered once; none is lost, or answered otherwise than on a quiet day."""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests
from sqlalchemy import func, select, text
from sqlmodel import SQLModel

import bot
from bot import migrations
from bot.clock import now
from bot.database import reading
from bot.settings import Settings
from bot.simulator.acts import followed
from bot.simulator.platform import Fields, OutOfServiceError, Platform
from dialogs.phrases import say
from tests.bot.setting_up import engine_at, environment_of, migrated, settings_for

pytestmark = pytest.mark.soak

PACKAGES = ("bot", "dialogs", "scoring", "templates")
HERE = Path(bot.__file__).parent.parent
PEOPLE = 6
PAUSE = 0.2  # seconds of a person between two messages
SAID = "1 1 1990年5月 大专 三级 42个月 50个月 2 3年 结果 大专有几分 材料"
PATIENCE = 180.0  # seconds, on a busy machine
SPELL = 5.0  # seconds of traffic before, between and after

LINK = re.compile(r"/sheet/[\w=-]+")  # names its owner, sealed
# What a next version may do beside an older program: add.
MIGRATION = '''"""A column that only a later program knows, and an index."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"


def upgrade() -> None:
    op.add_column("conversations", sa.Column("later", sa.String(8)))
    op.add_column("deliveries", sa.Column("later", sa.Integer(), server_default="0"))
    op.create_index("later_conversations", "conversations", ["later"])


def downgrade() -> None:
    op.drop_index("later_conversations")
    op.drop_column("deliveries", "later")
    op.drop_column("conversations", "later")
'''


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The next version of this program, in a folder of its own."""
    folder = tmp_path_factory.mktemp("newer")
    for package in PACKAGES:
        shutil.copytree(HERE / package, folder / package, ignore=shutil.ignore_patterns("*.pyc"))
    before = str(migrations.newest())
    revision = f"{int(before) + 1:04}"
    script = MIGRATION.format(revision=revision, before=before)
    (folder / "bot" / "migrations" / "versions" / f"{revision}_later.py").write_text(script)
    return folder


@dataclass
class Crowd:
    """People who write, each message once, and what they were answered."""

    platform: Platform
    replies: dict[str, list[str]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    told: int = 0  # messages that were to be said again
    stop: threading.Event = field(default_factory=threading.Event)

    def talk(self, person: str) -> None:
        """One whole talk; ends earlier when told so."""
        said = [followed(), *({"MsgType": "text", "Content": one} for one in SAID.split())]
        for fields in said:
            if self.stop.is_set():
                return
            try:
                reply = self._answer(person, fields)
            except OutOfServiceError:
                self.lost.append(person)
                return
            self.replies.setdefault(person, []).append(LINK.sub("/sheet/-", reply))
            time.sleep(PAUSE)

    def _answer(self, person: str, fields: Fields) -> str:
        """To one message, said again where its person is told to: too busy a machine keeps nothing,
        and says so."""
        reply = self.platform.deliver(person, fields) or ""
        while reply == say("service/sorry"):
            self.told += 1
            reply = self.platform.deliver(person, fields) or ""
        return reply

    def keep_on(self, name: str) -> None:
        """One talk after the other."""
        number = 0
        while not self.stop.is_set():
            number += 1
            self.talk(f"{name}-{number}")


@contextmanager
def writing_people(crowd: Crowd) -> Iterator[None]:
    threads = [
        threading.Thread(target=crowd.keep_on, args=[f"person-{one}"]) for one in range(PEOPLE)
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        crowd.stop.set()
        for thread in threads:
            thread.join()


class Callbacks:
    """Processes at one socket, each of some version."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.environment = os.environ | environment_of(settings)
        self.log = (folder / "log").open("ab")

    def start(self, program: Path) -> subprocess.Popen[bytes]:
        bind = f"fd://{self.listener.fileno()}"
        options = ("--preload", "--config", "python:bot.gunicorn_conf", "--workers", "1")
        return subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *options, "--bind", bind, "bot:create_app()"],
            cwd=program,
            env=self.environment | {"PYTHONPATH": str(program)},
            pass_fds=[self.listener.fileno()],
            stdout=self.log,
            stderr=self.log,
        )

    def replace(self, old: subprocess.Popen[bytes], program: Path) -> subprocess.Popen[bytes]:
        """As `systemctl restart` does it: the old one ends, then the new one starts."""
        old.terminate()
        old.wait(30)
        return self.start(program)

    def upgrade(self, program: Path) -> None:
        subprocess.run(
            [sys.executable, "-m", "bot.cli", "db", "upgrade"],
            cwd=program,
            env=self.environment | {"PYTHONPATH": str(program)},
            check=True,
        )


def test_nobody_notices_an_upgrade(
    url: str, newer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.simulator.platform.DELIVERIES", 1)
    monkeypatch.setattr("bot.simulator.platform.SECONDS", PATIENCE)
    settings = settings_for(tmp_path, database_url=url)
    migrated(settings, now()).dispose()
    callbacks = Callbacks(settings, tmp_path)
    platform = Platform(settings, f"{callbacks.address}/wechat", now)
    running = [callbacks.start(HERE), callbacks.start(HERE)]
    try:
        _until_ready(callbacks.address)
        quiet = Crowd(platform)
        quiet.talk("quiet")
        expected = quiet.replies["quiet"]
        assert len(expected) == len(SAID.split()) + 1
        crowd = Crowd(platform)
        with writing_people(crowd):
            time.sleep(SPELL)
            callbacks.upgrade(newer)
            time.sleep(SPELL)  # the older program, on the newer database
            for number in (0, 1):
                running[number] = callbacks.replace(running[number], newer)
                _until_serving(running[number], callbacks)
            time.sleep(SPELL)
        assert _answers_as(callbacks.address) == "ready"
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(30)
    sent = sum(map(len, crowd.replies.values()))
    print(f"{sent} messages, {crowd.told} told to say it again, {len(crowd.lost)} lost")
    assert crowd.lost == []
    assert sent > 100
    for person, replies in crowd.replies.items():
        assert replies == expected[: len(replies)], person
    _kept(url, sent + len(expected))


def _until_ready(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if _answers_as(address) == "ready":
            return
        time.sleep(0.2)
    raise AssertionError("the service does not get ready")


def _answers_as(address: str) -> str:
    return requests.get(f"{address}/readyz", timeout=PATIENCE).text.splitlines()[0]


def _until_serving(process: subprocess.Popen[bytes], callbacks: Callbacks) -> None:
    """Its program is loaded, and has a child that takes requests."""
    end = time.monotonic() + PATIENCE
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while time.monotonic() < end:
        assert process.poll() is None, Path(callbacks.log.name).read_text()
        if children.read_text().strip():
            return
        time.sleep(0.1)
    raise AssertionError("the newer program does not start")


def _kept(url: str, sent: int) -> None:
    """Each message was answered once: the database has a receipt for each, and the column that the
    newer version added."""
    engine = engine_at(url)
    deliveries = SQLModel.metadata.tables["deliveries"]
    with reading(engine) as connection:
        assert connection.scalar(select(func.count()).select_from(deliveries)) == sent
        assert connection.execute(text("SELECT later FROM conversations")).all()
    engine.dispose()
