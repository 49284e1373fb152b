"""Papers in real Chromium: ticked in the chat and on the sheet, put beside the official count."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.looking import PHONE
from tests.browser.test_letters import LARGE, MEASURE, NORMAL, found_on
from tests.browser.test_phone import follow, last, say

pytestmark = pytest.mark.browser

SMALLEST = 44  # px of what is tapped
TOLD = "有居住证，1990年5月，大专，中级工，社保42个月"


def test_papers_from_the_chat_to_the_window(chromium: Browser, demo: str) -> None:
    context = chromium.new_context(viewport=PHONE, base_url=demo, locale="zh-CN", bypass_csp=True)
    phone = context.new_page()
    phone.goto("/simulator/#more")
    phone.get_by_role("button", name="添一个人").click()
    follow(phone)
    for text in ("1", TOLD, "材料", "身份证有了，缺 3"):
        say(phone, text)
    expect(last(phone)).to_contain_text("材料还差 1 样：学信网")
    say(phone, "材料")
    with context.expect_page() as opened:
        last(phone).get_by_role("link", name="网页上勾").click()
    page = opened.value
    missing = page.get_by_role("group", name="学信网《学历电子注册备案表》")
    expect(missing.get_by_label("还缺")).to_be_checked()
    missing.get_by_label("有", exact=True).check()
    page.get_by_role("button", name="记下来").click()
    expect(page).to_have_url(re.compile("/sheet#papers$"))
    expect(missing.get_by_label("有", exact=True)).to_be_checked()
    ticks = page.locator("#papers ~ form .pick").all()
    assert len(ticks) == 2 * 5
    assert all((one.bounding_box() or {})["height"] >= SMALLEST for one in ticks)
    page.get_by_role("link", name="官网的分和这里不一样").click()
    page.get_by_label("缴纳社会保险").fill("9")
    page.get_by_label("文化程度").fill("八分")
    page.get_by_role("button", name="比一比").click()
    expect(page.get_by_text("“八分”不是分数")).to_be_visible()
    page.get_by_label("文化程度").fill("8分")
    page.get_by_role("button", name="比一比").click()
    expect(page.get_by_text("到窗口这样说：缴纳社会保险，官网是 9 分")).to_be_visible()
    page.get_by_text("官网上还有别的项").click()
    assert found_on(page, NORMAL) == []
    page.goto("/letters/large?to=/sheet/check")
    page.get_by_text("官网上还有别的项").click()
    assert page.evaluate(MEASURE, LARGE) == []
    context.close()
