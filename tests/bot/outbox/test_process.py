"""`xinshimin worker` as a process of its own, killed and stopped while it sends."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from bot.clock import now
from bot.outbox import claims
from bot.worker import Worker
from tests.bot.outbox.test_sending import post, rows, states
from tests.bot.server import PATIENCE
from tests.bot.setting_up import environment_of, settings_for


@pytest.fixture
def process(settings, weixin, url, tmp_path) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker that shares the clock of this machine with the platform."""
    weixin.clock = now
    complete = replace(settings_for(tmp_path), database_url=url)
    environment = environment_of(complete) | {
        "XINSHIMIN_WECHAT_SECRET": weixin.secret,
        "XINSHIMIN_WECHAT_API": weixin.address,
        "XINSHIMIN_NOTICES": str(settings.notices),
    }
    command = [str(Path(sys.executable).with_name("xinshimin")), "worker"]
    started = subprocess.Popen(command, env=os.environ | environment, cwd=tmp_path)
    yield started
    started.kill()
    started.wait(PATIENCE)


def test_killed_between_sending_and_recording(engine, process, settings, weixin, clock):
    weixin.kill_sender = process.pid
    post(engine, "anna", now=now())
    assert process.wait(PATIENCE) == -9
    assert weixin.people() == ["anna"]
    assert states(engine) == ["waiting"]
    another = Worker(settings, engine, clock)
    clock.time = now()
    another.once()
    assert weixin.calls == 1  # the dead worker's claim still counts
    weixin.clock = clock
    clock.time += claims.LEASE
    another.once()
    assert weixin.calls == 2
    assert weixin.people() == ["anna"]  # swallowed by client_msg_id
    assert states(engine) == ["delivered"]


def test_told_to_stop_it_finishes_the_notice_at_hand_and_no_other(engine, process, weixin):
    arrived, go_on = Event(), Event()

    def linger():
        arrived.set()
        go_on.wait(PATIENCE)

    weixin.meanwhile = linger
    post(engine, "anna", "berta", "clara", now=now())
    assert arrived.wait(PATIENCE)
    process.terminate()
    go_on.set()
    assert process.wait(PATIENCE) == 0
    assert states(engine) == ["delivered", "waiting", "waiting"]
    assert [row.claimed_until for row in rows(engine)] == [None] * 3
