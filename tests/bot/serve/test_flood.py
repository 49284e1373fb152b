"""However many pages are asked for, people in the chat get their answers: a real `serve`, real
connections, and a WeChat that is slow with its sign-in."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot import migrations
from bot.database import engine_for
from tests.bot.serve.flood import KINDS, flooding
from tests.bot.serve.running import everything_below, is_there, serve
from tests.bot.serve.talkers import GIVES_UP, talking
from tests.bot.server import PATIENCE, Server
from tests.bot.setting_up import environment_of, settings_for
from tests.stand_in import Call, stand_in

SETTLE = 0.5  # seconds until a flood is there
AT_MOST = 4.5  # seconds a reply may take; WeChat hangs up after five
TO_THE_END = 20  # seconds from SIGTERM, at most


class Scene(NamedTuple):
    server: Server
    token: str

    def waits_beside(self, kinds: list[str], connections: int, seconds: float) -> list[float]:
        """How long 20 people wait for each reply, meanwhile."""
        with flooding(self.server.port, kinds, connections, seconds) as answers:
            time.sleep(SETTLE)
            waits = talking(self.server.port, self.token, people=20, seconds=seconds - SETTLE)
        median, most = (1000 * waits[int(len(waits) * part)] for part in (0.5, 0.99))
        print(f"{'+'.join(kinds)}, {connections} of each, {seconds:.0f} s: {dict(answers)};")
        print(f"  {len(waits)} replies, median {median:.0f} ms, 99 % {most:.0f}, {waits[-1]:.3f} s")
        return waits


def slow(_call: Call) -> None:
    """WeChat's exchange of codes, on a bad day."""
    time.sleep(20)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    settings = settings_for(tmp_path, public_url="http://127.0.0.1")
    migrations.upgrade(engine_for(settings.database_url))
    token, environment = settings.wechat_token, environment_of(settings)
    with (
        stand_in(slow) as exchange,
        serve(environment | {"XINSHIMIN_WECHAT_API": exchange}, tmp_path / "log") as server,
    ):
        while talking(server.port, token, people=2, seconds=0.1)[-1] >= GIVES_UP:
            pass  # until both workers are warm
        yield Scene(server, token)


def test_a_flood_of_pages_and_a_slow_wechat_hold_neither_the_chat_nor_the_end(
    scene: Scene,
) -> None:
    kinds = ["changes", "own_states", "one_state", "silence", "half"]
    waits = scene.waits_beside(kinds, connections=20, seconds=4)
    assert len(waits) > 40
    assert waits[-1] < AT_MOST
    process = scene.server.process
    below = everything_below(process.pid)
    assert len(below) >= 6  # two gunicorns of 3 and 2 processes, a worker
    with flooding(scene.server.port, kinds, 20, seconds=2):
        time.sleep(SETTLE)
        start = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
        assert time.monotonic() - start < TO_THE_END
    assert not [pid for pid in below if is_there(pid)]


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS)
def test_two_hundred_of_each_kind_for_a_minute(scene: Scene, kind: str) -> None:
    waits = scene.waits_beside([kind], connections=200, seconds=60)
    assert waits[int(len(waits) * 0.99)] < 1
    assert waits[-1] < AT_MOST
