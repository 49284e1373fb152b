"""The one page to take along is one page, also for the person with the most to say."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import render_template
from playwright.sync_api import Browser

from bot import create_app
from bot.pages.keepsake import keepsake
from dialogs.booking.protocol import Place
from dialogs.conversation import Ticks
from scoring import FACTS, Fact, load_ruleset
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
RULES = load_ruleset("yongjia-2022")


def most(fact: Fact) -> Any:
    """An answer that has something, and many letters."""
    if fact.type == "choice":
        return max(fact.choices, key=lambda choice: len(choice.label)).id
    if fact.type == "set":
        return [choice.id for choice in fact.choices]
    return {"yesno": True, "date": "1985-05-01"}.get(fact.type, 24)


def test_it_fits_on_one_page_of_paper(chromium: Browser, tmp_path: Path) -> None:
    facts = {id: most(fact) for id, fact in FACTS.items() if fact.stands_for is None}
    with create_app(settings_for(tmp_path)).test_request_context("/sheet/a4"):
        shown = keepsake(RULES, facts | {"permit": "residence_permit"}, Ticks(), NOW.date())
        html = render_template("pages/keepsake.html", **shown, place=PLACE, purpose=None)
    sheets = "".join((STATIC / name).read_text("utf-8") for name in ("site.css", "keepsake.css"))
    page = chromium.new_page()
    page.set_content(re.sub("<(link|script)[^>]*>", "", html) + f"<style>{sheets}</style>")
    assert page.locator(".answers li").count() >= 10
    assert page.locator(".have input").count() >= 12
    pdf = page.pdf(prefer_css_page_size=True)
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
