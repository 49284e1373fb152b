"""Fixtures of all tests of the service: each database server is started once, each template
and route compiled once."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from bot import in_time
from bot.sealing.keyring import engine_of
from bot.service import Service
from bot.turns import warm_up
from tests.bot.compiled import CompiledOnce, routes_compiled_once, statements_compiled_once
from tests.bot.databases import engine, postgres, sqlite, url
from tests.bot.setting_up import NOW, settings_for

__all__ = ["engine", "postgres", "sqlite", "url"]


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> None:
    """Compiling would be half the time of a test that asks for a page or two."""
    Flask.jinja_options = {"bytecode_cache": CompiledOnce()}
    routes_compiled_once()
    statements_compiled_once()


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """A start in this process sets up logs for all that follows, other tests included."""
    ours = logging.getLogger("bot")
    level = ours.level
    yield
    if ours.level != level:
        ours.setLevel(level)


@pytest.fixture(scope="session", autouse=True)
def _patient() -> Iterator[None]:
    """A request within this process has all the time it needs: on a machine that stood still for
    four seconds a page would be given up. Tests of the deadline set their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(in_time, "SECONDS", 60)
        yield


@pytest.fixture(scope="session", autouse=True)
def _warm() -> None:
    """A service has read all it needs before its first message (`warm_up`). Without that the first
    test that talks in a process would read it within the seconds of a message, and on a busy
    machine be told to say it again."""
    settings = settings_for(Path("unused"), database_url="sqlite://")
    warm_up(Service(settings, engine_of(settings), lambda: NOW))
