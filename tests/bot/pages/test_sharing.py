"""What a shared link shows: the same title, line and picture for everybody."""

import re
from pathlib import Path

import pytest
from flask import Flask

from bot.service import Service
from tests.bot.pages.wechat import SignIn, sign_in
from tests.bot.web import FORM, ROOT, Browser, talked

PICTURE = Path("bot/static/share.png").read_bytes()


def told(page: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:property|name)="([a-z:]+)" content="([^"]*)">', page))


def test_the_picture_is_large_enough_for_wechat_and_small_on_the_wire() -> None:
    width, height = (int.from_bytes(PICTURE[at : at + 4]) for at in (16, 20))
    assert PICTURE.startswith(b"\x89PNG")
    assert width == height >= 300
    assert len(PICTURE) < 12_000


@pytest.mark.parametrize("path", ["/", "/rules", "/estimate", "/changes"])
def test_a_page_has_title_line_and_picture(app: Flask, browser: Browser, path: str) -> None:
    page = browser.get(path).get_data(as_text=True)
    assert told(page)["og:title"] == "永嘉县新市民积分助手"
    assert told(page)["og:description"] == told(page)["description"]
    picture = told(page)["og:image"]
    assert picture.startswith(f"{ROOT}/static/share.png")
    assert page.count("<img") == 1
    assert app.test_client().get(picture.removeprefix(ROOT)).data == PICTURE


def test_nothing_of_the_person_is_in_what_a_personal_page_shares(
    browser: Browser, service: Service, wechat: SignIn
) -> None:
    talked(service, "oMe-0001-openid")
    browser.get("/estimate")
    home = told(browser.get("/").get_data(as_text=True))
    for page in (
        browser.estimated(FORM).get_data(as_text=True),
        sign_in(browser, wechat, "/sheet", "oMe-0001-openid").get_data(as_text=True),
        browser.get("/sheet/a4").get_data(as_text=True),
    ):
        assert told(page) == home
        assert not re.search(r"<title>[^<]*\d", page)
