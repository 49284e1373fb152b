"""The one page to take along is one page, also for the person with the most to say."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from bot import create_app
from bot.pages.keepsake import keepsake
from bot.pages.own_answers import Own
from dialogs.booking.protocol import Place
from dialogs.conversation import Conversation
from scoring import FACTS, Fact
from tests.bot.setting_up import NOW, settings_for

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
    sheets = "".join((STATIC / name).read_text("utf-8") for name in ("site.css", "keepsake.css"))
    page = chromium.new_page()
    page.set_content(re.sub("<(link|script)[^>]*>", "", html) + f"<style>{sheets}</style>")
    assert page.locator(".answers li").count() >= 10
    assert page.locator(".have input").count() >= 12
    pdf = page.pdf(prefer_css_page_size=True)
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
