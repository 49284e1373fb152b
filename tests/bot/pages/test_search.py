"""Asking the rules in one's own words, on a page."""

import pytest

from tests.bot.web import Browser


@pytest.mark.parametrize(
    ("asked", "heading", "words"),
    [
        ("租房有分吗", "", 'href="/rules/housing"'),
        ("大专", "", 'href="/rules/education"'),
        ("身份证丢了去哪补办", "", "户籍窗口"),
        ("今天天气不错", "查一查", "没有找到"),
        ("<b>“甲乙丙”", "查一查", "&lt;b&gt;"),
    ],
)
def test_a_question_is_answered_as_in_the_chat(
    browser: Browser, asked: str, heading: str, words: str
) -> None:
    answer = browser.get(f"/search?q={asked}")
    page = answer.get_data(as_text=True)
    assert f"<h1>{heading}" in page
    assert words in page
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_field_stands_with_the_rules_and_a_topic_opens_by_itself(browser: Browser) -> None:
    assert 'role="search"' in browser.get("/rules").get_data(as_text=True)
    assert "普通话" not in browser.get("/search?topic=nothing").get_data(as_text=True)
    page = browser.get("/search?topic=large_letters").get_data(as_text=True)
    assert 'href="/letters/large"' in page
