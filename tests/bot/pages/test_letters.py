"""大字版: a cookie in this browser, by a link."""

import pytest

from tests.bot.web import Browser


def test_large_letters_stay_until_the_way_back(browser: Browser) -> None:
    assert "large.css" not in browser.get("/rules").get_data(as_text=True)
    switched = browser.get("/letters/large?to=/rules%3Fq%3Dx")
    assert (switched.status_code, switched.headers["Location"]) == (302, "/rules?q=x")
    large = browser.get("/rules")
    assert "large.css" in large.get_data(as_text=True)
    assert "Cookie" in large.headers["Vary"]  # nobody gets the other size from a cache
    assert 'href="/letters/normal?to=/rules"' in large.get_data(as_text=True)
    browser.get("/letters/normal")
    assert "large.css" not in browser.get("/rules").get_data(as_text=True)


@pytest.mark.parametrize(
    "to",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "/%0d%0aX:1", "javascript:"],
)
def test_the_link_leads_nowhere_else(browser: Browser, to: str) -> None:
    assert browser.get(f"/letters/large?to={to}").headers["Location"] == "/"
    assert browser.get("/letters/huge").status_code == 404
