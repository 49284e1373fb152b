"""The questionnaire one question at a time, without script."""

import re
from collections import defaultdict

from tests.bot.web import FORM, Browser

NAME = re.compile(r'name="(\w+)"')


def given() -> dict[str, list[str]]:
    """The acceptance person's answers by field; the sensitive ones are not asked here."""
    fields = defaultdict(list)
    for name, text in FORM:
        if name not in ("seen", "sensitive", "sensitive_list"):
            fields[name].append(text)
    return fields


def walked(browser: Browser, path: str, answers: dict[str, list[str]]) -> list[str]:
    """The addresses from a question on, until there is none left."""
    ways = [path]
    while ways[-1].startswith("/steps"):
        page = browser.get(ways[-1])
        if page.status_code == 302:
            ways.append(page.headers["Location"])
            continue
        names = {*NAME.findall(page.get_data(as_text=True))} - {"csrf_token", "viewport"}
        form = [(name, text) for name in names for text in answers.get(name, ())]
        answer = browser.post(ways[-1], form)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        ways.append(answer.headers["Location"])
    return ways


def test_large_letters_ask_one_question_a_page_to_the_same_result(browser: Browser) -> None:
    browser.get("/letters/large")
    first = browser.get("/estimate").headers["Location"]
    ways = walked(browser, browser.get(first).headers["Location"], given())
    assert len(ways) > 10
    assert len(max(ways, key=len)) < 1500
    result = browser.get(ways[-1]).get_data(as_text=True)
    assert "至少" in result
    assert "66" in result
    again = browser.get(ways[3])  # back, or a reload
    assert again.status_code == 200
    assert "第 4 题" in again.get_data(as_text=True)


def test_what_is_not_understood_is_asked_again_and_the_one_before_opens_filled(
    browser: Browser,
) -> None:
    way = browser.get("/steps").headers["Location"]
    browser.get(way)
    way = browser.post(way, {"permit": "residence_permit"}).headers["Location"]
    wrong = browser.post(way, {"birth": "九零后"})
    assert wrong.status_code == 422
    assert "九零后" in wrong.get_data(as_text=True)
    before = browser.get(f"{way}?ask=permit").get_data(as_text=True)
    assert re.search(r'value="residence_permit" checked', before)
    passed = browser.post(way, {"birth": ""}).headers["Location"]
    assert 'name="birth"' not in browser.get(passed).get_data(as_text=True)


def test_nobody_elses_steps_open(browser: Browser) -> None:
    assert browser.get(f"/steps/{'A' * 120}").status_code == 403
