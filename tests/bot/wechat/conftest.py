"""A service and the platform that talks to it."""

from pathlib import Path

import pytest
from flask import Flask

from bot.service import Service
from tests.bot.setting_up import NOW, service_for, settings_for
from tests.bot.wechat.platform import Platform


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return service_for(settings_for(tmp_path))


@pytest.fixture
def service(app: Flask) -> Service:
    made: Service = app.extensions["xinshimin"]
    return made


@pytest.fixture
def platform(app: Flask, service: Service) -> Platform:
    return Platform(app.test_client(), service.settings, int(NOW.timestamp()))
