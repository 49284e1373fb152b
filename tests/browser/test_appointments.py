"""`/appointments` in real Chromium: the whole way, without script; sound at every step."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import PHONE, faults

pytestmark = pytest.mark.browser


def chat(browser: Browser, demo: str, **options: object) -> Page:
    """A browser whose phone follows the account."""
    context = browser.new_context(base_url=demo, locale="zh-CN", **options)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/simulator/")
    return page


@pytest.fixture
def page(chromium: Browser, demo: str) -> Iterator[Page]:
    made = chat(chromium, demo, viewport=PHONE, bypass_csp=True)
    yield made
    made.context.close()


def choose(page: Page, number: int = 0) -> None:
    """The last day, as few times may be left of today, and the time of this number."""
    page.locator(".days a").last.click()
    page.locator("input[name=starts_at]").nth(number).check()
    page.get_by_role("button", name="下一步").click()


def give_back(page: Page) -> None:
    """All tests share one phone."""
    page.goto("/appointments")
    cancel = page.get_by_role("link", name="取消预约")
    if cancel.count():
        cancel.click()
        page.get_by_role("button", name="取消预约").click()


def test_every_step_is_sound(page: Page) -> None:
    give_back(page)
    found = {"sites": faults(page)}
    page.get_by_role("link", name="瓯北街道").click()
    page.locator(".days a").first.click()
    expect(page.locator("input[name=starts_at]").first).to_be_visible()
    found["times"] = faults(page)
    choose(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("请核对")
    found["confirm"] = faults(page)
    assert not page.locator("input[name=purpose]:checked").count()  # nobody chose for them
    page.get_by_label("核对积分").check()
    page.get_by_role("button", name="约这个时间").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("我的预约")
    found["mine"] = faults(page)
    page.get_by_role("link", name="取消预约").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("真的取消吗")
    found["cancel"] = faults(page)
    page.get_by_role("button", name="取消预约").click()
    expect(page.get_by_role("status")).to_contain_text("预约取消了")
    assert not any(found.values()), found


def test_booking_moving_cancelling_without_script(chromium: Browser, demo: str) -> None:
    page = chat(chromium, demo, viewport=PHONE, java_script_enabled=False)
    give_back(page)
    page.get_by_role("link", name="岩头镇").click()
    page.locator(".days a").last.click()
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("status")).to_contain_text("还没有选")
    expect(page.get_by_role("status")).to_be_in_viewport()
    choose(page)
    page.get_by_label("补交材料").check()
    page.get_by_label("去之前在微信里提醒我").check()
    page.get_by_role("button", name="约这个时间").click()
    page.get_by_role("link", name="看我的预约").click()
    expect(page.locator(".total")).to_contain_text("岩头镇（示例时间） 1 号窗口，补交材料")
    code = page.locator(".code").inner_text()
    page.get_by_role("link", name="改时间").click()
    choose(page, 1)
    expect(page.get_by_label("补交材料")).to_be_checked()
    expect(page.get_by_label("去之前在微信里提醒我")).to_be_checked()
    page.get_by_role("button", name="改到这个时间").click()
    expect(page.get_by_role("status").first).to_contain_text("时间改好了")
    page.get_by_role("link", name="看我的预约").click()
    assert page.locator(".code").inner_text() == code
    page.get_by_role("link", name="取消预约").click()
    page.get_by_role("link", name="不取消").click()
    expect(page.locator(".code")).to_have_text(code)
    give_back(page)
    expect(page.get_by_role("status")).to_contain_text("预约取消了")
    page.context.close()


def test_doubled_letters_fit(chromium: Browser, demo: str) -> None:
    page = chat(chromium, demo, viewport=PHONE)
    give_back(page)
    wide = {}

    def measure(step: str, sight: str) -> None:
        expect(page.locator(sight).first).to_be_visible()  # the click before has led there
        page.evaluate("document.documentElement.style.fontSize = '225%'")
        wide[step] = page.evaluate("document.documentElement.scrollWidth")

    page.goto("/appointments")
    measure("sites", "h1:text('约哪个窗口')")
    page.get_by_role("link", name="瓯北街道").click()
    measure("days", "h1:text('瓯北街道')")
    page.locator(".days a").last.click()  # of two figures
    measure("times", "input[name=starts_at]")
    page.locator("input[name=starts_at]").last.check()
    page.get_by_role("button", name="下一步").click()
    measure("confirm", "h1:text('请核对')")
    page.get_by_label("核对积分").check()
    page.get_by_role("button", name="约这个时间").click()
    measure("mine", "h1:text('我的预约')")
    page.get_by_role("link", name="取消预约").click()
    measure("cancel", "h1:text('真的取消吗')")
    give_back(page)
    page.context.close()
    assert set(wide.values()) == {PHONE["width"]}, wide
