"""The public pages in real Chromium: phone and desk, doubled letters, with and without script."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.looking import PHONE, TOO_WIDE, faults

pytestmark = pytest.mark.browser

PATIENCE = 5000  # ms
PICKS = {
    "permit": "residence_permit",
    "education": "junior_college",
    "skill": "level_3",
    "home": "let",
    "county": "done",
    "welfare": "volunteer",
}
TEXTS = {"birth": "1994年5月", "social_insurance": "三年半", "residence": "50个月"}


@pytest.fixture
def page(chromium: Browser, demo: str) -> Iterator[Page]:
    """The policy is switched off for axe-core's own script only; another test watches it."""
    context = chromium.new_context(
        viewport=PHONE,
        base_url=demo,
        locale="zh-CN",
        bypass_csp=True,
    )
    yield context.new_page()
    context.close()


def plain(chromium: Browser, demo: str, script: bool) -> BrowserContext:
    return chromium.new_context(
        viewport=PHONE,
        base_url=demo,
        locale="zh-CN",
        java_script_enabled=script,
    )


def filled(page: Page) -> None:
    """The acceptance person, up to the ticks that open follow-ups."""
    page.goto("/estimate")
    for name, pick in PICKS.items():
        page.locator(f"[name={name}][value={pick}]").check(timeout=PATIENCE)
    for name, text in TEXTS.items():
        page.locator(f"[name={name}]").fill(text, timeout=PATIENCE)


def test_the_questionnaire_with_script_asks_at_once_and_keeps_the_policy(
    chromium: Browser, demo: str
) -> None:
    context = plain(chromium, demo, script=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    filled(page)
    page.locator("[name=volunteer]").fill("4次")
    page.locator("[name=rented]").fill("3年")
    page.get_by_role("button", name="看结果").click()
    expect(page.locator(".total")).to_contain_text("至少 66 分")
    page.get_by_role("link", name="全部重新看一遍").click()
    none_of_these = page.locator("[name=county][value=done]")
    page.locator("[name=county][value=patents]").check()
    expect(none_of_these).not_to_be_checked()
    none_of_these.check()
    expect(page.locator("[name=county][value=patents]")).not_to_be_checked()
    context.close()
    assert complaints == []


def is_on_screen(page: Page, text: str) -> bool:
    """Whether it stands on the first screen, whole."""
    box = page.get_by_text(text).first.bounding_box()
    size = page.viewport_size
    return bool(box and size and box["y"] + box["height"] <= size["height"])


@pytest.mark.parametrize(("width", "height", "script"), [(320, 568, True), (360, 640, False)])
def test_from_the_questions_to_a_result_that_stays_changes_and_supposes(
    chromium: Browser, demo: str, width: int, height: int, script: bool
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": height},
        base_url=demo,
        locale="zh-CN",
        java_script_enabled=script,
        bypass_csp=script,
    )
    page = context.new_page()
    filled(page)
    if not script:
        expect(page.locator("[name=volunteer]")).to_be_hidden()
        page.get_by_role("button", name="看结果").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("还差 2 个小问题")
    page.locator("[name=rented]").fill("3年")
    page.locator("[name=volunteer]").fill("4次")
    page.get_by_role("button", name="看结果").click()
    assert is_on_screen(page, "至少 66 分")
    assert height < 640 or is_on_screen(page, "下一步：备好材料")
    drawn = page.locator(".bar").bounding_box()
    assert drawn
    assert drawn["height"] < 40  # about a line of text
    address = page.url
    page.get_by_role("link", name="查规则").click()
    page.go_back()
    page.reload()
    assert page.url == address
    expect(page.locator(".total")).to_contain_text("至少 66 分")
    page.get_by_role("link", name="最高学历").first.click()
    page.locator("[value=bachelor]").check()
    page.get_by_role("button", name="改好，看分数").click()
    assert is_on_screen(page, "66 → 68 分")
    assert is_on_screen(page, "至少 68 分")
    page.get_by_role("link", name="几样一起，换个日子").click()
    page.get_by_label("社保再多 12 个月").check()
    page.get_by_label("县里自己买的房").check()
    page.get_by_role("button", name="算一算").click()
    assert is_on_screen(page, "68 → 81 分")
    page.get_by_label("到哪一天").fill(f"{datetime.now(UTC).year + 2}-01-01")
    page.get_by_role("button", name="算一算").click()
    expect(page.locator(".total")).to_contain_text(f"{datetime.now(UTC).year + 2}年1月1日那天")
    found = looked_at(page) if script else []
    page.get_by_role("link", name="回到结果").click()
    expect(page.locator(".total")).to_contain_text("至少 68 分")
    found += looked_at(page) if script else []
    context.close()
    assert not found


def looked_at(page: Page) -> list[str]:
    """What is wrong with the page as it stands, everything unfolded, and with doubled letters."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = faults(page)
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(f"wider than the screen with doubled letters: {page.evaluate(TOO_WIDE)}")
    page.evaluate("document.documentElement.style.fontSize = ''")
    return found


def test_what_is_sensitive_opens_and_closes_with_its_consent(page: Page) -> None:
    filled(page)
    consent, party = page.locator("[name=sensitive]"), page.locator("[value=party_member]")
    listed = page.locator("[name=sensitive_list][value=special_status]")
    expect(listed).to_be_hidden()
    consent.check()
    listed.check()
    party.check()
    assert faults(page) == []
    consent.uncheck()
    expect(listed).to_be_hidden()
    expect(party).to_be_hidden()


def test_the_result_and_a_refused_answer_are_sound(page: Page) -> None:
    filled(page)
    page.locator("[name=volunteer]").fill("好几次")
    page.locator("[name=rented]").fill("3年")
    page.get_by_role("button", name="看结果").click()
    expect(page.get_by_role("alert")).to_contain_text("志愿服务")
    assert faults(page) == []
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator("[name=volunteer]")).to_be_focused()
    page.locator("[name=volunteer]").fill("4次")
    page.get_by_role("button", name="看结果").click()
    for summary in page.locator("summary").all():
        summary.click()
    assert faults(page) == []


def test_a_sheet_is_its_owners_alone(chromium: Browser, demo: str) -> None:
    context = plain(chromium, demo, script=True)
    page = context.new_page()
    page.goto("/simulator/#more")
    page.get_by_role("button", name="添一个人").click()  # the newest phone may be another test's
    page.goto("/sheet")
    expect(page.get_by_role("heading", level=1)).to_have_text("还没有明细")
    assert "code=" not in page.url
    context.close()
