"""For people who see badly: every page in normal letters and in 大字版, at five widths.

By 工信部's 《移动互联网应用（APP）适老化通用设计规范》: lines of 1.3 times their letters, targets
of 44 px, in 大字版 of 60 px; letters there of 24 px, where the rule asks for 18. Contrast (4.5:1,
as in GB/T 37668) is axe-core's part, which may find nothing at all here, however small."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.browser.looking import AXE, TOO_WIDE, VIOLATIONS

pytestmark = pytest.mark.browser

MEASURE = Path(__file__).with_name("letters.js").read_text(encoding="utf-8")
NORMAL, LARGE = {"letters": 0, "target": 44}, {"letters": 24, "target": 60}
MEASURED, LOOKED_AT = (320, 768), (360, 390, 1280)  # between them nothing but lines change
DOUBLED = "document.documentElement.style.fontSize = '%d%%'"
LINKS = "links => links.map(one => new URL(one.href).pathname)"
BESIDE = ("/letters", "/simulator", "/staff", "/static", "/my-data.json")  # no pages for citizens


@pytest.mark.parametrize(("size", "rules"), [("normal", NORMAL), ("large", LARGE)])
def test_every_page_can_be_read_and_tapped(
    chromium: Browser, demo: str, size: str, rules: dict[str, int]
) -> None:
    context = chromium.new_context(base_url=demo, locale="zh-CN", bypass_csp=True)
    page = context.new_page()
    page.goto("/simulator/")  # whose phone this is: the personal pages are looked at, too
    page.goto(f"/letters/{size}?to=/rules")
    found, ahead, kinds = {}, ["/no", "/rules", result_of(page)], {"/rules", "/result/*"}
    while ahead:
        path = ahead.pop()
        if path == "/":
            page.locator(".name").click()  # typed, it would be the demonstration's phone
        else:
            page.goto(path)
        if faults := found_on(page, rules):
            found[path] = faults
        for link in page.locator("a[href^='/']").evaluate_all(LINKS):
            if kind(link) not in kinds and not link.startswith(BESIDE):
                kinds.add(kind(link))
                ahead.append(link)
    context.close()
    assert found == {}
    assert {
        "/",
        "/rules/*",
        "/result/*/change",
        "/changes",
        "/estimate",
        "/privacy",
        "/appointments/*",
    } <= kinds


def result_of(page: Page) -> str:
    """The address of a result, from the first of the questions that come one by one."""
    page.goto("/steps")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="下一题").click()
    page.get_by_role("link", name="先看结果").click()
    return urlsplit(page.url).path


def kind(path: str) -> str:
    """One page of each kind is enough: a category, a township, one's answer to a question."""
    first, *rest = path.strip("/").split("/")
    return "/".join(["", first, *("*" for _ in rest[:1]), *rest[1:2]])


def found_on(page: Page, rules: dict[str, int]) -> list[str]:
    """What is wrong: as measured, as it sticks out at any width or with doubled letters, and
    whatever axe-core says."""
    said: list[str] = []
    for width in (*MEASURED, *LOOKED_AT):
        page.set_viewport_size({"width": width, "height": 640})
        look = (MEASURE, rules) if width in MEASURED else (TOO_WIDE,)
        said += [f"{width} wide: {fault}" for fault in page.evaluate(*look)]
    page.set_viewport_size({"width": 320, "height": 640})
    if rules is NORMAL:  # the same elements and colours in both, and a third of the time
        page.evaluate(AXE_SCRIPT)
        violations: list[dict[str, Any]] = page.evaluate(AXE, VIOLATIONS)
        said += [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in violations]
    page.evaluate(DOUBLED % (225 if rules is NORMAL else 200))
    if page.evaluate("document.documentElement.scrollWidth") > 320:
        said.append("sticks out with doubled letters")
    return said
