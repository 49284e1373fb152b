"""WeChat's API is slow or not there: the chat does not notice, and every call ends in time."""

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from bot.clock import now
from bot.wechat.client import CALL_SECONDS
from tests.bot.outages.places import ITSELF, Place
from tests.bot.outages.platform import bad_platform
from tests.bot.outages.rows import suffer
from tests.bot.outages.set_ups import SERVE
from tests.bot.outbox.test_sending import post
from tests.bot.setting_up import engine_at, environment_of, settings_for

NOTICES = "consent: category\ntemplates: {appointment: {id: TEMPLATE}}\n"
START_SECONDS = 10.0  # of a command, on a machine that has much to do


@pytest.mark.soak
@pytest.mark.parametrize("how", ["slow", "dripping", "down"])
@pytest.mark.parametrize(
    ("url", "place"), [("sqlite", ITSELF), ("postgresql", ITSELF)], indirect=True
)
def test_the_chat_goes_on_and_calls_end(place: Place, tmp_path: Path, how: str) -> None:
    """Meanwhile a notice is due, for which the worker needs a token, and the menu is published."""
    notices = tmp_path / "notices.yaml"
    notices.write_text(NOTICES)
    engine = engine_at(place.real)
    post(engine, "anna", now=now())
    engine.dispose()
    published: list[float] = []

    with bad_platform(drips=how == "dripping") as platform:
        if how == "down":
            platform.end()
        api = {"XINSHIMIN_WECHAT_API": platform.address, "XINSHIMIN_NOTICES": str(notices)}

        def platform_is_bad(place: Place, seconds: float) -> None:
            settings = replace(settings_for(tmp_path), database_url=place.known)
            began = time.monotonic()
            publish(os.environ | environment_of(settings) | api)
            published.append(time.monotonic() - began)
            time.sleep(max(0.0, began + seconds - time.monotonic()))

        row = suffer(replace(place, environment=api), tmp_path, SERVE, platform_is_bad, 30)
    print(f"{how}: the menu {published[0]:.1f} s, calls {[f'{one:.1f}' for one in platform.calls]}")
    assert not row.who("is_told")
    assert published[0] < CALL_SECONDS + START_SECONDS
    assert (how == "down") == (not platform.calls)
    assert all(one < CALL_SECONDS + 0.5 for one in platform.calls)


def publish(environment: dict[str, str]) -> None:
    """In vain: it says so in a sentence."""
    command = [sys.executable, "-m", "bot.cli", "wechat", "menu", "--publish"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: WeChat was not reached: ")
