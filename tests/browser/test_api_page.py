"""The API's page in real Chromium, on a phone and a desk, without script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bot.api import keys
from bot.database import writing
from tests.bot.server import serving
from tests.bot.setting_up import NOW, environment_of, migrated, settings_for
from tests.browser.looking import PHONE, faults

pytestmark = pytest.mark.browser


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    settings = settings_for(tmp_path)
    engine = migrated(settings)
    with writing(engine) as connection:
        keys.add(connection, "portal", 600, NOW)
    engine.dispose()
    with serving(
        "bot:create_app()", environment_of(settings), tmp_path / "log", workers=1
    ) as server:
        yield f"{server.root}/api/v1/"


def test_the_page_is_sound_and_needs_nothing_from_elsewhere(
    chromium: Browser, address: str, request: pytest.FixtureRequest
) -> None:
    context = chromium.new_context(viewport=PHONE, locale="zh-CN", bypass_csp=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url))
    page.goto(address)
    assert page.locator("script").count() == 0
    assert faults(page) == []
    root = address.removesuffix("/api/v1/")
    assert [url for url in asked if not url.startswith(root)] == []
    if folder := request.config.getoption("--pictures"):
        page.screenshot(path=f"{folder}/api.png", full_page=True)
    context.close()
