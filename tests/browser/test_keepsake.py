"""The one page to take along is one page, also for the person with the most to say; the long sheet,
with everything unfolded, takes few."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import render_template
from playwright.sync_api import Browser, Page

from bot import create_app
from bot.pages.keepsake import keepsake
from bot.pages.own_answers import Own
from bot.pages.result import shown
from dialogs.booking.protocol import Place
from dialogs.conversation import Conversation
from scoring import FACTS, Fact
from tests.bot.setting_up import NOW, settings_for
from tests.bot.web import FACTS as FACTS_TOLD

pytestmark = pytest.mark.browser

PLACE = Place(
    site="oubei",
    title="瓯北街道",
    address="瓯北街道便民服务中心一楼新居民服务窗口",
    telephone="0577-00000000",
    sample=True,
    window="2",
    starts_at=NOW,
    ends_at=NOW,
    code="A123",
    purpose="review",
    reminders=False,
    closed=True,
    movable=True,
)
STATIC = Path("bot/static")


def most(fact: Fact) -> Any:
    """An answer that has something, and many letters."""
    if fact.type == "choice":
        return max(fact.choices, key=lambda choice: len(choice.label)).id
    if fact.type == "set":
        return [choice.id for choice in fact.choices]
    return {"yesno": True, "date": "1985-05-01"}.get(fact.type, 24)


def never(*_: object) -> Any:
    """Nothing is changed on this page."""
    raise NotImplementedError


def test_it_fits_on_one_page_of_paper(chromium: Browser, tmp_path: Path) -> None:
    facts = {id: most(fact) for id, fact in FACTS.items() if fact.stands_for is None}
    told = Conversation(facts=facts | {"permit": "residence_permit"})
    with create_app(settings_for(tmp_path), lambda: NOW).test_request_context("/sheet/a4"):
        html = keepsake(Own(told, "/sheet", never), PLACE)
    page = styled(chromium, html, "site.css", "keepsake.css")
    assert page.locator(".answers li").count() >= 10
    assert page.locator(".have input").count() >= 12
    assert sheets_of_paper(page) == 1


def test_the_long_sheet_is_printed_on_four_pages_at_most(chromium: Browser, tmp_path: Path) -> None:
    own = Own(Conversation(facts=FACTS_TOLD), "/sheet", never)
    with create_app(settings_for(tmp_path), lambda: NOW).test_request_context("/sheet"):
        html = render_template("pages/sheet.html", **shown(own, {}))
    page = styled(chromium, html, "site.css")
    assert page.locator("details").count() > 3
    assert sheets_of_paper(page) <= 4


def styled(chromium: Browser, html: str, *sheets: str) -> Page:
    """The page as it is printed."""
    style = "".join((STATIC / name).read_text("utf-8") for name in sheets)
    page = chromium.new_page()
    page.set_content(re.sub("<(link|script)[^>]*>", "", html) + f"<style>{style}</style>")
    return page


def sheets_of_paper(page: Page) -> int:
    pdf = page.pdf(prefer_css_page_size=True)
    page.close()
    return len(re.findall(rb"/Type\s*/Page\b", pdf))
