from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.clock import ZONE
from bot.settings import Settings
from bot.worker import Worker
from tests.bot.outbox.platform import Platform, platform
from tests.bot.setting_up import settings_for

__all__ = ["platform"]

TEMPLATE = "TEMPLATE"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)  # a Monday


@dataclass
class Clock:
    """Stands still until it is told to go on."""

    time: datetime = NOW

    def __call__(self) -> datetime:
        return self.time

    def pass_(self, **span: float) -> None:
        self.time += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def weixin(clock: Clock) -> Iterator[Platform]:
    """The platform's stand-in."""
    with platform() as running:
        running.clock = clock
        yield running


@pytest.fixture
def settings(weixin: Platform, tmp_path: Path) -> Settings:
    """Settings that lead to the stand-in, with a template id that needs no consent."""
    made = Settings(
        wechat_appid="wx0123456789abcdef",
        wechat_secret=weixin.secret,
        data_key=settings_for(tmp_path).data_key,
        wechat_api=weixin.address,
        public_url="https://jf.example.cn",
    )
    return consenting(made, tmp_path, "category")


@pytest.fixture
def long_term(settings: Settings, tmp_path: Path) -> Settings:
    """The same, with consents that last."""
    return consenting(settings, tmp_path, "long_term")


@pytest.fixture
def one_time(settings: Settings, tmp_path: Path) -> Settings:
    """The same, with one consent for one message."""
    return consenting(settings, tmp_path, "one_time")


def consenting(settings: Settings, folder: Path, how: str) -> Settings:
    """The settings with a file of notices that says how people consent."""
    own = folder / f"{how}.yaml"
    own.write_text(f"consent: {how}\ntemplates: {{appointment: {{id: {TEMPLATE}}}}}\n")
    return replace(settings, notices=own)


@pytest.fixture
def worker(settings: Settings, engine: Engine, clock: Clock) -> Worker:
    """The worker without the job that publishes the slots of all the county's sites: nearly half of
    what it does in an hour, and no notice depends on it."""
    made = Worker(settings, engine, clock)
    made.jobs = tuple(job for job in made.jobs if job.name != "slots")
    return made
