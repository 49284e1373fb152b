"""`/my-data` in real Chromium: from the phone's chat to the page and the file, sound everywhere."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import PHONE, faults
from tests.browser.test_phone import follow, last, say

pytestmark = pytest.mark.browser

EVIL = "<script>document.title = 'evil'</script>"
ANSWERS = ("1", "1", "1994年5月", EVIL)
BOOKING = ("预约", "桥头", "1", "1", "1", "要提醒")


@pytest.fixture(scope="module")
def phone(chromium: Browser, demo: str) -> Iterator[Page]:
    """A person who answered, booked, and asked what is kept."""
    context = chromium.new_context(
        viewport=PHONE,
        base_url=demo,
        locale="zh-CN",
        bypass_csp=True,  # for axe-core's own script
    )
    page = context.new_page()
    page.goto("/simulator/#more")
    page.get_by_role("button", name="添一个人").click()
    follow(page)
    for text in (*ANSWERS, *BOOKING, "我的数据"):
        say(page, text)
    yield page
    context.close()


@pytest.fixture
def page(phone: Page) -> Iterator[Page]:
    """The page that the chat leads to."""
    with phone.context.expect_page() as opened:
        last(phone).get_by_role("link", name="看全部").click()
    yield opened.value
    opened.value.close()


def test_the_page_is_sound_and_shows_what_was_said(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("我的数据")
    expect(page.get_by_role("main")).to_contain_text("1994年5月")
    expect(page.get_by_role("main")).to_contain_text("桥头镇")
    for summary in page.locator("summary").all():
        summary.click()
    assert faults(page) == []
    expect(page).to_have_title(re.compile("^我的数据"))


def test_doubled_letters_fit(page: Page) -> None:
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_the_file_holds_what_the_page_shows(page: Page) -> None:
    page.get_by_text("看原文").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="全部下载").click()
    assert download.value.suggested_filename == "my-data.json"
    file = json.loads(Path(download.value.path()).read_text("utf-8"))
    shown = json.loads(page.locator("pre").inner_text())
    assert file["kept"] == shown["kept"]
    assert file["kept"]["booking"]["appointments"][0]["site"] == "桥头镇"


def test_after_deleting_everything_the_page_holds_the_visit_alone(phone: Page, page: Page) -> None:
    """The last test: the phone's person is gone."""
    say(phone, "删除我的数据")
    say(phone, "1")
    page.reload()
    expect(page.get_by_role("main")).not_to_contain_text("1994年5月")
    expect(page.locator("section")).to_have_count(1)
    expect(page.locator("section h2")).to_have_text("打开过网页的手机和电脑")
