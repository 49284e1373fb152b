"""What people hear of a page without seeing it: one name never stands for two things."""

from html.parser import HTMLParser

import pytest

from bot.service import Service
from scoring import load_ruleset
from tests.bot.pages.wechat import SignIn, sign_in
from tests.bot.web import FORM, Browser, talked

NAMED = {"a", "summary"}
RULE_PAGES = [f"/rules/{one.id}" for one in load_ruleset("yongjia-2022").categories()]


class Names(HTMLParser):
    """The name of every link and fold, with what it leads to (a fold to itself alone)."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open: tuple[str, list[str]] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in NAMED:
            place = dict(attrs).get("href") or f"fold {len(self.found)}"
            self._open = place, []

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in NAMED and self._open:
            place, words = self._open
            self.found.append(("".join("".join(words).split()), place))
            self._open = None


def ambiguous(page: str) -> dict[str, set[str]]:
    places: dict[str, set[str]] = {}
    for name, place in Names(page).found:
        places.setdefault(name, set()).add(place)
    return {name: found for name, found in places.items() if len(found) > 1}


@pytest.mark.parametrize(
    "pages", [("/", "/rules", "/changes", "/estimate", "/privacy"), RULE_PAGES]
)
def test_no_name_stands_for_two_things(browser: Browser, pages: tuple[str, ...]) -> None:
    for path in pages:
        assert ambiguous(browser.get(path).get_data(as_text=True)) == {}, path


def test_nor_on_the_result(browser: Browser) -> None:
    browser.get("/estimate")
    assert ambiguous(browser.estimated(FORM).get_data(as_text=True)) == {}


def test_nor_on_the_sheet(browser: Browser, service: Service, wechat: SignIn) -> None:
    talked(service, "oMe-0001-openid")
    page = sign_in(browser, wechat, "/sheet", "oMe-0001-openid").get_data(as_text=True)
    assert "怎么算的，出处" in page
    assert ambiguous(page) == {}
