"""The whole way, as one person goes it: chat, sheet, an answer changed, what if, the other one of
the household, one page to take along, the window's ticket, and the questionnaire of the web.

Every step is looked at: nothing sticks out, also with letters as WeChat enlarges them; what is
tapped is large enough; the title is there; axe-core finds nothing. A result shows its number on the
first screen. `--pictures FOLDER` keeps a picture of each step."""

from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.looking import AXE, TOO_WIDE, VIOLATIONS
from tests.browser.test_letters import LARGE, MEASURE, NORMAL
from tests.browser.test_pages import PICKS, TEXTS, filled
from tests.browser.test_phone import follow, last, say

pytestmark = pytest.mark.browser

SIZES = ((320, 568), (360, 640), (390, 844), (768, 1024))
ME = "有居住证，1994年5月，大专，三级技能证书，社保42个月，住了50个月，租房3年，志愿服务4次"
WIFE = "有居住证，1990年5月，本科，没有技能证书，社保24个月，住了30个月"
ENLARGED = """() => {
  for (const one of document.querySelectorAll("body, body *")) {
    one.dataset.size = parseFloat(getComputedStyle(one).fontSize);
  }
  for (const one of document.querySelectorAll("[data-size]")) {
    one.style.fontSize = one.dataset.size * 1.4 + "px";
  }
}"""
"""WeChat's larger letters: each by itself, while boxes in rem stay as they are."""
RESTORED = """() => document.querySelectorAll("[data-size]").forEach(
    one => { one.style.fontSize = ""; })"""
WIDER = "document.documentElement.scrollWidth > innerWidth + 1"
UNTITLED = """() => {
  const levels = [...document.querySelectorAll("h1, h2, h3, h4")].map(one => +one.tagName[1]);
  const tops = levels.filter(one => one === 1).length;
  const leaps = levels.some((one, at) => one > (at ? levels[at - 1] : 1) + 1);
  return tops !== 1 || leaps || !document.title ? [`${document.title}: headings ${levels}`] : [];
}"""


@dataclass(frozen=True)
class Cell:
    """One way to look: a screen, the letters, the browser's zoom, with script or without."""

    width: int
    height: int
    large: bool
    zoom: int
    script: bool

    @property
    def name(self) -> str:
        letters, script = "large" if self.large else "normal", "" if self.script else "-no-script"
        return f"{self.width}-{letters}-{self.zoom * 100}{script}"

    def context(self, chromium: Browser, address: str) -> BrowserContext:
        """A browser's zoom halves what the page has and doubles what a pixel is."""
        return chromium.new_context(
            base_url=address,
            locale="zh-CN",
            bypass_csp=True,
            java_script_enabled=self.script,
            viewport={"width": self.width // self.zoom, "height": self.height // self.zoom},
            device_scale_factor=self.zoom,
        )


CELLS = [Cell(*size, *how) for size, *how in product(SIZES, (False, True), (1, 2), (True, False))]
MOST_QUESTIONS = 25
SOON = (Cell(360, 640, False, 1, True),)


class Walk:
    """One person's way, with whatever is wrong on it."""

    def __init__(self, cell: Cell, pictures: Path | None) -> None:
        self.cell, self.pictures = cell, pictures
        self.found: list[str] = []
        self.steps = 0

    def look(self, page: Page, step: str, number: Locator | None = None) -> None:
        """Look at the page as it stands."""
        self.steps += 1
        page.wait_for_load_state()  # of a page just opened, the styles
        if number is not None and self.cell.zoom == 1 and not _is_on_screen(page, number):
            self._note(step, ["the number is not on the first screen"])
        if self.pictures:
            folder = self.pictures / self.cell.name
            page.screenshot(path=folder / f"{self.steps:02}-{step}.png", full_page=True)
        in_chat = "/simulator/" in page.url  # whose letters are the phone's
        rules = LARGE if self.cell.large and not in_chat else NORMAL
        self._note(step, page.evaluate(UNTITLED))
        self._note(step, page.evaluate(MEASURE, rules))
        if page.evaluate(WIDER):
            self._note(step, ["the page scrolls sideways"])
        if self.cell.script and self.cell.zoom == 1:
            page.evaluate(AXE_SCRIPT)
            violations: list[dict[str, Any]] = page.evaluate(AXE, VIOLATIONS)
            self._note(step, [f"{one['id']}: {one['nodes'][0]['html']}" for one in violations])
            self._note(step, self._enlarged(page))

    def _enlarged(self, page: Page) -> list[str]:
        page.evaluate(ENLARGED)
        found = page.evaluate(TOO_WIDE) if page.evaluate(WIDER) else []
        page.evaluate(RESTORED)
        return [f"with WeChat's letters: {one}" for one in found]

    def _note(self, step: str, faults: list[str]) -> None:
        self.found += [f"{step}: {one}" for one in faults]


def _is_on_screen(page: Page, number: Locator) -> bool:
    box, size = number.bounding_box(), page.viewport_size
    return bool(box and size and box["y"] >= 0 and box["y"] + box["height"] <= size["height"])


@pytest.fixture
def pictures(request: pytest.FixtureRequest) -> Path | None:
    folder = request.config.getoption("--pictures")
    return Path(folder) if folder else None


def cells(soon: tuple[Cell, ...]) -> list[Any]:
    """All ways to look, the others than these with the long tests."""
    marks = {one: () if one in soon else pytest.mark.soak for one in CELLS}
    return [pytest.param(one, id=one.name, marks=mark) for one, mark in marks.items()]


@pytest.mark.parametrize("cell", cells(SOON))
def test_the_whole_way(chromium: Browser, demo: str, pictures: Path | None, cell: Cell) -> None:
    context = cell.context(chromium, demo)
    walk, phone = Walk(cell, pictures), context.new_page()
    chat(walk, phone)
    if cell.large:
        context.new_page().goto("/letters/large?to=/privacy")
    with context.expect_page() as opened:
        last(phone).get_by_role("link", name="积分明细").click()
    sheet = opened.value
    change_and_suppose(walk, sheet)
    with_the_other_one(walk, phone, sheet)
    keep_and_book(walk, sheet)
    context.close()
    assert walk.found == []


@pytest.mark.parametrize("cell", cells(()))
def test_the_same_without_the_chat(
    chromium: Browser, demo: str, pictures: Path | None, cell: Cell
) -> None:
    context = cell.context(chromium, demo)
    walk, page = Walk(cell, pictures), context.new_page()
    if cell.large:
        page.goto("/letters/large?to=/privacy")
    on_the_web(walk, page)
    context.close()
    assert walk.found == []


def chat(walk: Walk, phone: Page) -> None:
    """Until the result stands in the chat."""
    phone.goto("/simulator/#more")
    phone.get_by_role("button", name="添一个人").click()
    walk.look(phone, "account")
    follow(phone)
    say(phone, "1")
    say(phone, ME)
    expect(last(phone)).to_contain_text("跳过，不问这几项")
    walk.look(phone, "question")
    say(phone, "2")
    say(phone, "结果")
    expect(last(phone)).to_contain_text("估算 66 分")
    walk.look(phone, "chat-result")


def figure(page: Page) -> Locator:
    return page.locator(".total .figure")


def change_and_suppose(walk: Walk, sheet: Page) -> None:
    """An answer is another one, and what would be some day."""
    expect(figure(sheet)).to_have_text("至少 66 分")
    walk.look(sheet, "sheet", figure(sheet))
    sheet.get_by_role("link", name="最高学历").first.click()
    expect(sheet.get_by_role("button", name="改好，看分数")).to_be_visible()
    walk.look(sheet, "change")
    sheet.locator("[value=bachelor]").check()
    sheet.get_by_role("button", name="改好，看分数").click()
    expect(sheet.get_by_role("status")).to_contain_text("66 → 68 分")
    walk.look(sheet, "changed", figure(sheet))
    sheet.get_by_role("link", name="几样一起，换个日子").click()
    expect(sheet.get_by_role("heading", level=1)).to_have_text("如果……会怎样")
    walk.look(sheet, "suppose")
    sheet.get_by_label("县里自己买的房").check()
    sheet.get_by_label("到哪一天").fill("2029-01-01")
    sheet.get_by_role("button", name="算一算").click()
    expect(figure(sheet)).to_contain_text("68 → ")
    walk.look(sheet, "supposed", figure(sheet))
    sheet.get_by_role("link", name="回到结果").click()
    expect(figure(sheet)).to_have_text("至少 68 分")


def with_the_other_one(walk: Walk, phone: Page, sheet: Page) -> None:
    """Beside oneself."""
    say(phone, "给老婆也算算")
    say(phone, WIFE)
    say(phone, "结果")
    expect(last(phone)).to_contain_text("老婆 43.5 分")
    sheet.reload()
    expect(sheet.get_by_role("heading", name="和老婆比")).to_be_visible()
    walk.look(sheet, "two", figure(sheet))
    sheet.get_by_role("link", name="看老婆的回答，可以改").click()
    expect(figure(sheet)).to_have_text("至少 43.5 分")
    walk.look(sheet, "other", figure(sheet))
    sheet.get_by_role("link", name="社保").first.click()
    expect(sheet.get_by_text("老婆的回答")).to_be_visible()
    sheet.get_by_role("textbox").fill("36个月")
    sheet.get_by_role("button", name="改好，看分数").click()
    expect(sheet.get_by_role("status")).to_contain_text("43.5 → 46.5 分")
    walk.look(sheet, "other-changed", figure(sheet))
    sheet.get_by_role("link", name="我的积分明细").click()
    expect(figure(sheet)).to_have_text("至少 68 分")


def keep_and_book(walk: Walk, sheet: Page) -> None:
    """One page of paper, and the ticket."""
    sheet.get_by_role("link", name="一页纸，带去窗口").click()
    number = sheet.locator(".number .figure")
    expect(number).to_contain_text("至少 68 分")
    walk.look(sheet, "keepsake", number)
    sheet.get_by_role("link", name="预约窗口复核").click()
    expect(sheet.get_by_role("heading", level=1)).to_have_text("约哪个窗口")
    walk.look(sheet, "windows")
    sheet.get_by_role("link", name="瓯北街道").click()
    expect(sheet.get_by_role("heading", level=1)).to_contain_text("瓯北街道")
    walk.look(sheet, "days")
    sheet.locator(".days a").last.click()
    expect(sheet.locator("input[name=starts_at]").first).to_be_visible()
    walk.look(sheet, "times")
    sheet.locator("input[name=starts_at]").first.check()
    sheet.get_by_role("button", name="下一步").click()
    expect(sheet.get_by_role("heading", level=1)).to_have_text("请核对")
    walk.look(sheet, "confirm")
    sheet.get_by_label("核对积分").check()
    sheet.get_by_role("button", name="约这个时间").click()
    sheet.goto("/appointments")
    expect(sheet.locator(".code")).to_be_visible()
    walk.look(sheet, "ticket", figure(sheet))


def one_by_one(walk: Walk, page: Page) -> None:
    """In large letters each question has its own page."""
    answers = {**TEXTS, "rented": "3年", "volunteer": "4次"}
    page.goto("/estimate")
    for _ in range(MOST_QUESTIONS):
        if page.get_by_role("button", name="下一题").count() == 0:
            break
        walk.look(page, "step")
        for name, text in answers.items():
            if page.locator(f"[name={name}]").count():
                page.locator(f"[name={name}]").fill(text)
        for name, pick in PICKS.items():
            if page.locator(f"[name={name}][value={pick}]").count():
                page.locator(f"[name={name}][value={pick}]").check()
        asked = page.url
        page.get_by_role("button", name="下一题").click()
        expect(page).not_to_have_url(asked)


def at_once(walk: Walk, page: Page) -> None:
    """All on one page; without script what an answer opens comes after."""
    filled(page)
    walk.look(page, "questions")
    if not walk.cell.script:
        page.get_by_role("button", name="看结果").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("还差 2 个小问题")
        walk.look(page, "follow-up")
    page.locator("[name=volunteer]").fill("好几次")
    page.locator("[name=rented]").fill("3年")
    page.get_by_role("button", name="看结果").click()
    expect(page.get_by_role("alert")).to_contain_text("志愿服务")
    walk.look(page, "fault")
    page.locator("[name=volunteer]").fill("4次")
    page.get_by_role("button", name="看结果").click()


def on_the_web(walk: Walk, page: Page) -> None:
    """The same without the chat."""
    if walk.cell.large:
        one_by_one(walk, page)
    else:
        at_once(walk, page)
    expect(figure(page)).to_have_text("至少 66 分")
    walk.look(page, "result", figure(page))
    page.get_by_role("link", name="最高学历").first.click()
    page.locator("[value=bachelor]").check()
    page.get_by_role("button", name="改好，看分数").click()
    expect(page.get_by_role("status")).to_contain_text("66 → 68 分")
    walk.look(page, "result-changed", figure(page))
    page.get_by_role("link", name="几样一起，换个日子").click()
    page.get_by_label("到哪一天").fill("2029-01-01")
    page.get_by_role("button", name="算一算").click()
    expect(figure(page)).to_contain_text("68 → ")
    walk.look(page, "result-supposed", figure(page))
    page.get_by_role("link", name="回到结果").click()
    page.get_by_role("group", name="身份证").get_by_label("有", exact=True).check()
    page.get_by_role("button", name="记下来").click()
    expect(page.get_by_role("group", name="身份证").get_by_label("有", exact=True)).to_be_checked()
    page.get_by_role("link", name="官网的分和这里不一样").click()
    page.get_by_label("文化程度").fill("0")
    page.get_by_role("button", name="比一比").click()
    expect(page.get_by_text("到窗口这样说：文化程度")).to_be_visible()
    walk.look(page, "result-checked")
    page.get_by_role("link", name="您的估算").click()
    page.get_by_role("link", name="一页纸，带去窗口").click()
    expect(page.get_by_label("身份证")).to_be_checked()
    walk.look(page, "result-keepsake", page.locator(".number .figure"))
