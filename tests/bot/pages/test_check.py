"""`/sheet/check`: what the official site shows is compared and kept nowhere."""

import pytest
from flask import Flask

from bot.service import Service
from tests.bot.web import FORM, Browser, signed_in, talked

ME = "oMe-0001-openid"


@pytest.fixture
def me(app: Flask, service: Service) -> Browser:
    talked(service, ME)
    return signed_in(app, ME)


def test_the_lines_that_differ_come_with_what_to_say(me: Browser) -> None:
    text = me.get("/sheet/check").get_data(as_text=True)
    assert "为什么会不一样" in text
    typed = {"education": "0", "social_insurance": "２１分", "residence": "12.5", "age": " "}
    answer = me.post("/sheet/check", {f"official-{id}": points for id, points in typed.items()})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "有 2 项不一样" in text
    assert "到窗口这样说：文化程度，官网是 0 分，我自己算是 8 分" in text
    assert "规则有两种写法" in text
    assert "一样的：居住时间。" in text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "official" not in me.get("/my-data.json").get_data(as_text=True)


def test_the_web_result_has_it_too(browser: Browser) -> None:
    browser.get("/estimate")
    result = browser.post("/estimate", FORM).location
    assert f'href="{result}/check"' in browser.get(result).get_data(as_text=True)
    text = browser.get(f"{result}/check").get_data(as_text=True)
    assert f'action="{result}/check#compared"' in text
    answer = browser.post(f"{result}/check", {"official-education": "0"})
    assert "到窗口这样说：文化程度，官网是 0 分" in answer.get_data(as_text=True)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert Browser(browser.client.application).get(f"{result}/check").status_code == 403


def test_what_is_no_number_is_quoted_and_the_rest_stays(me: Browser) -> None:
    me.get("/sheet/check")
    fields = {"official-education": "两分<b>", "official-residence": "10"}
    answer = me.post("/sheet/check", fields)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "“两分&lt;b&gt;”不是分数" in text
    assert 'name="official-residence"' in text
    assert 'value="10"' in text


def test_a_form_of_elsewhere_and_nobody_without_answers(app: Flask, me: Browser) -> None:
    assert me.post("/sheet/check", {}, token="forged").status_code == 400
    assert signed_in(app, "oNew-0003-openid").get("/sheet/check").status_code == 404
    assert Browser(app).get("/sheet/check").status_code == 302
