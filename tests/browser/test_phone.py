"""The phone simulator in real Chromium, on the demonstration as people start it."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
# What the question speaks of → what the person answers: a tap ("▸ …") or something typed.
ANSWERS = {
    "就这些": "▸ 没有了，就这些",  # more than one may be tapped
    "居住证": "▸ 有，在有效期内",
    "出生": "1994年5月",  # 32 years in 2026; the same points until 2034
    "最高学历": "▸ 大专",
    "技能证书": "▸ 三级",
    "社保": "三年半",
    "一共住了多久": "50个月",
    "单独同意了才问": "▸ 同意，可以问",
    "现在住的是": "▸ 租的房",
    "一共满几年": "3年",
    "下面这些，您有哪些": "▸ 都没有",
    "做过下面哪些": "▸ 志愿服务",
    "几次志愿服务": "4次",
}
MOST_TURNS = 20


@pytest.fixture
def page(chromium: Browser, demo: str) -> Iterator[Page]:
    """A new test person's phone."""
    context = chromium.new_context(viewport=PHONE, locale="zh-CN")  # type: ignore[arg-type]
    made = context.new_page()
    errors: list[str] = []
    made.on("pageerror", lambda error: errors.append(str(error)))
    made.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    made.goto(f"{demo}/simulator/#more")
    made.get_by_role("button", name="添一个人").click()
    yield made
    context.close()
    assert errors == []


def last(page: Page) -> Locator:
    """The account's last bubble."""
    return page.locator(".theirs .bubble:not(.dots)").last


def answered(page: Page) -> None:
    """Until the reply is there."""
    expect(page.locator("#typing")).to_be_hidden()


def follow(page: Page) -> None:
    page.get_by_role("button", name="关注公众号").click()
    expect(last(page)).to_contain_text("您好")


def tap(page: Page, label: str) -> None:
    last(page).get_by_role("button", name=re.compile(label)).first.click()
    answered(page)


def say(page: Page, text: str) -> None:
    if page.locator("#keyboard").is_hidden():
        page.get_by_label("打字").click()
    page.get_by_label("消息").fill(text)
    page.get_by_role("button", name="发送").click()
    answered(page)


def test_the_acceptance_conversation_ends_at_66(page: Page) -> None:
    follow(page)
    tap(page, "同意")
    for _ in range(MOST_TURNS):
        shown = last(page).inner_text()
        if "估算" in shown:
            break
        asked = shown.split("】")[-1]
        answer = next(words for topic, words in ANSWERS.items() if topic in asked)
        if answer.startswith("▸"):
            tap(page, answer.removeprefix("▸ "))
        else:
            say(page, answer)
    expect(last(page)).to_contain_text("估算 66 分（可能 66～76.5 分）")
    with page.context.expect_page() as opened:
        last(page).get_by_role("link", name="积分明细").click()
    expect(opened.value.get_by_role("main")).to_contain_text("66～76.5")


def test_menu_things_and_leaving(page: Page) -> None:
    follow(page)
    tap(page, "同意")
    for column, button in (("更多", "怎么用"), ("测积分", "我的结果")):
        page.locator("summary", has_text=column).click()
        page.get_by_role("button", name=button).click()
        answered(page)
    before = page.locator(".theirs").count()
    page.get_by_label("打字").click()
    for thing in ("图片", "语音", "位置"):
        page.get_by_label("图片、语音、位置").click()
        page.get_by_role("button", name=thing).click()
        answered(page)
    assert page.locator(".theirs").count() == before + 3
    page.get_by_label("更多").click()
    page.get_by_role("button", name="取消关注").click()
    expect(page.get_by_role("button", name="关注公众号")).to_be_visible()


def test_plain_mode_works_the_same(page: Page) -> None:
    page.get_by_label("更多").click()
    page.get_by_role("button", name="改用明文模式").click()
    follow(page)
    tap(page, "同意")
    expect(last(page)).to_contain_text("【第 1 题")


def test_it_works_without_scripts(chromium: Browser, demo: str) -> None:
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{demo}/simulator/#more")
    page.get_by_role("button", name="添一个人").click()
    follow(page)
    last(page).get_by_role("button", name="同意").click()
    expect(last(page)).to_contain_text("【第 1 题")
    page.get_by_label("打字").click()
    page.get_by_label("消息").fill("帮助")
    page.get_by_role("button", name="发送").click()
    expect(page.locator(".mine").last).to_contain_text("帮助")
    context.close()


@pytest.mark.parametrize("size", ["100%", "200%"])
def test_nothing_is_cut_off_at_any_text_size(page: Page, size: str) -> None:
    follow(page)
    tap(page, "同意")
    page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    for summary in page.locator("#menu summary").all():
        box = summary.bounding_box()
        assert box
        assert box["x"] + box["width"] <= PHONE["width"] + 1
        assert box["y"] + box["height"] <= PHONE["height"] + 1
    page.get_by_label("打字").click()
    expect(page.get_by_role("button", name="发送")).to_be_in_viewport()


def test_no_serious_barrier(page: Page) -> None:
    serious = {"serious", "critical"}
    for step in (lambda: None, lambda: follow(page), lambda: tap(page, "同意")):
        step()
        found = Axe().run(page).response["violations"]
        assert [one["id"] for one in found if one["impact"] in serious] == []
