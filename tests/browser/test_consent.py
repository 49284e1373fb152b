"""WeChat's dialogue about notices in real Chromium, with the demonstration's stand-in script."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import PHONE, faults

pytestmark = pytest.mark.browser

PATH = "/appointments/notices"
BUTTON = "开微信提醒"
NO_BUTTON = "看不到按钮的话"
REPORTS = (
    ("error", {"errCode": 20004}, "您在微信里关掉了这个公众号的通知"),
    ("error", {"errCode": "10003"}, "微信那边这次没有办成"),
    ("success", {"subscribeDetails": '{"T":{"status":"reject"}}'}, "好，先不提醒"),
    ("error", None, "微信那边这次没有办成"),
    ("success", {"subscribeDetails": {"T": {"status": "accept"}}}, "好，微信会提醒您"),
    ("success", {"subscribeDetails": "{"}, "微信那边这次没有办成"),
    ("success", {"subscribeDetails": '{"T":"{\\"status\\":\\"cancel\\"}"}'}, "好，先不提醒"),
    ("success", {"subscribeDetails": '{"T":"{\\"status\\":\\"filter\\"}"}'}, "没有办成"),
)
TRIES = 60  # a second each, until the worker of the demonstration has fetched the ticket


def follower(browser: Browser, demo: str, **options: object) -> Page:
    """The browser of a new person."""
    context = browser.new_context(base_url=demo, locale="zh-CN", viewport=PHONE, **options)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/simulator/#more")
    page.get_by_role("button", name="添一个人").click()
    return page


def visit(page: Page) -> None:
    """The page with the dialogue, once it can be signed."""
    for _ in range(TRIES):
        page.goto(PATH)
        if page.locator("#consent[data-signature]").count():
            return
        page.wait_for_timeout(1000)


@pytest.fixture
def page(chromium: Browser, demo: str) -> Iterator[Page]:
    """Nothing may be refused by the page's policy, and no script may fail."""
    made = follower(chromium, demo)
    errors: list[str] = []
    made.on("pageerror", lambda error: errors.append(str(error)))
    made.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    visit(made)
    yield made
    made.context.close()
    assert errors == []


def told(page: Page, words: "str | re.Pattern[str]") -> None:
    """The one sentence that is shown."""
    expect(page.get_by_role("status")).to_have_text(words, use_inner_text=True)


def test_a_no_is_taken_kindly_and_a_yes_is_kept(page: Page) -> None:
    expect(page.get_by_text(NO_BUTTON)).to_be_hidden()
    page.get_by_role("button", name=BUTTON).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    told(page, "好，先不提醒。改了主意，再点一次就行。")
    page.get_by_role("button", name=BUTTON).click()
    page.get_by_role("button", name="允许").click()
    told(page, "好，微信会提醒您。")
    expect(page.get_by_role("button", name=BUTTON)).to_be_hidden()
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("微信提醒已经开了")
    expect(page.get_by_role("button", name=BUTTON)).to_have_count(0)


def test_whatever_the_script_reports_is_said_in_words(page: Page) -> None:
    expect(page.get_by_text(NO_BUTTON)).to_be_hidden()
    for event, detail, words in REPORTS:
        page.evaluate(
            """([name, detail]) => document.querySelector("wx-open-subscribe")
                .dispatchEvent(new CustomEvent(name, {detail}))""",
            [event, detail],
        )
        told(page, re.compile(words))


def test_the_page_and_the_sheet_are_sound(chromium: Browser, demo: str) -> None:
    page = follower(chromium, demo, bypass_csp=True)
    visit(page)
    button = page.get_by_role("button", name=BUTTON)
    expect(button).to_be_visible()
    found = {"page": faults(page)}
    button.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    found["sheet"] = faults(page)
    page.get_by_role("button", name="允许").click()
    told(page, "好，微信会提醒您。")
    found["said"] = faults(page)
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.context.close()
    assert not any(found.values()), found


def test_where_the_dialogue_cannot_be_shown_it_is_said(chromium: Browser, demo: str) -> None:
    def unavailable() -> None:
        expect(page.get_by_text(NO_BUTTON)).to_be_visible()
        expect(page.get_by_role("main")).to_contain_text("随时在公众号菜单“我的预约”里看")

    page = follower(chromium, demo)
    page.route("**/simulator-wechat.js", lambda route: route.abort())
    visit(page)
    unavailable()
    page.unroute_all()
    page.route("**/script/config", lambda route: route.fulfill(json={"ok": False}))
    with page.expect_response("**/script/config"):
        page.goto(PATH)
    unavailable()
    page.unroute_all()
    page.goto(PATH)
    expect(page.get_by_text(NO_BUTTON)).to_be_hidden()
    page.evaluate("document.dispatchEvent(new CustomEvent('WeixinOpenTagsError'))")
    unavailable()
    page.context.close()


def test_without_script_it_says_where_the_appointment_is(chromium: Browser, demo: str) -> None:
    page = follower(chromium, demo, java_script_enabled=False)
    visit(page)
    expect(page.get_by_text(NO_BUTTON)).to_be_visible()
    expect(page.get_by_role("button", name=BUTTON)).to_have_count(0)
    page.get_by_role("link", name="看我的预约").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("约哪个窗口")
    page.context.close()
