"""Is it enough, what comes next, what to bring: each answer on one screen of a small phone."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.test_phone import answered, follow, last, say

pytestmark = pytest.mark.browser

MARGIN = 16  # px below the last bubble
SMALL = {"width": 360, "height": 640}
TALKS = Path(__file__).parents[1] / "conversations"
MARK = "# 三样：够不够、下一步、带什么"
PEOPLE = sorted(path for path in TALKS.glob("played_*.txt") if MARK in path.read_text("utf-8"))

# Says everything at once, without the screen: the talk before the three questions.
SAY_ALL = """async (lines) => {
  const form = document.getElementById('talk');
  for (const line of lines) {
    await fetch(form.getAttribute('action'), {
      method: 'POST',
      headers: {'Content-Type': 'application/x-www-form-urlencoded'},
      body: new URLSearchParams(
        {csrf_token: form.elements.csrf_token.value, after: '0', text: line}),
    });
  }
}"""


def said(lines: str) -> list[str]:
    return [line[2:] for line in lines.splitlines() if line.startswith("> ")]


MOST_PAPERS = max(PEOPLE, key=lambda path: path.read_text("utf-8").split(MARK)[1].count("、"))
EVERYBODY = [
    pytest.param(path, id=path.stem, marks=() if path == MOST_PAPERS else pytest.mark.soak)
    for path in PEOPLE
]  # the others in the soak


@pytest.mark.parametrize("talk", EVERYBODY)
def test_each_answer_fits_one_screen(chromium: Browser, demo: str, talk: Path) -> None:
    before, after = (said(part) for part in talk.read_text("utf-8").split(MARK))
    context = chromium.new_context(viewport=SMALL, locale="zh-CN")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{demo}/simulator/#more")
    page.get_by_role("button", name="添一个人").click()
    follow(page)
    page.evaluate(SAY_ALL, before)
    page.reload()
    for question, told in zip(after[:3], ("估算", "下一步", "通常要带"), strict=True):
        say(page, question)
        answered(page)
        assert told in last(page).inner_text()
        room = page.locator("#chat").evaluate("it => it.clientHeight")
        taken = last(page).evaluate("it => it.getBoundingClientRect().height")
        assert taken + MARGIN <= room, f"{question}: {last(page).inner_text()}"
    context.close()
