import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from bot import create_app
from tests.bot.pages.wechat import SignIn, exchange
from tests.bot.setting_up import settings_for
from tests.bot.web import Watch, browser, service, watch

__all__ = ["browser", "service", "watch"]


@pytest.fixture(scope="session")
def _wechat() -> Iterator[SignIn]:
    with exchange() as made:
        yield made


@pytest.fixture
def wechat(_wechat: SignIn) -> SignIn:
    _wechat.forget()
    return _wechat


@pytest.fixture
def app(tmp_path: Path, sqlite: Path, watch: Watch, wechat: SignIn) -> Flask:
    """The service on a migrated SQLite file of its own, with WeChat's sign-in beside it."""
    shutil.copy(sqlite, tmp_path / "service.db")
    return create_app(settings_for(tmp_path, wechat_api=wechat.root), watch)
