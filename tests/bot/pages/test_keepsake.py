"""One page to take to the window: papers by office, the answers, the appointment."""

from flask import Flask

from bot.database import writing
from bot.service import Service
from tests.bot.booking.desk import make_slot
from tests.bot.pages.test_appointments import book
from tests.bot.web import FORM, Browser, signed_in, talked

ME = "oMe-0001-openid"


def test_it_has_number_papers_by_office_answers_and_appointment(
    app: Flask, service: Service
) -> None:
    me = signed_in(app, ME)
    assert me.get("/sheet/a4").status_code == 404  # nothing was told
    talked(service, ME)
    assert 'href="/sheet/a4"' in me.get("/sheet").get_data(as_text=True)
    answer = me.get("/sheet/a4")
    text = answer.get_data(as_text=True)
    assert "至少 66 分，可能到" in text
    assert text.index("<h3>教育局</h3>") < text.index("学信网《学历电子注册备案表》")
    assert "缴纳社会保险：42 个月" in text
    assert "还没有预约" in text
    assert answer.headers["Cache-Control"] == "no-store"
    with writing(service.engine) as connection:
        make_slot(connection)
    book(me)
    with_it = me.get("/sheet/a4").get_data(as_text=True)
    assert "还没有预约" not in with_it
    assert "签到码 <b>" in with_it


def test_that_of_the_web_has_room_for_the_appointment(browser: Browser) -> None:
    browser.get("/estimate")
    where = browser.post("/estimate", FORM).headers["Location"]
    assert f'href="{where}/a4"' in browser.get(where).get_data(as_text=True)
    answer = browser.get(f"{where}/a4")
    text = answer.get_data(as_text=True)
    assert '至少 66 分，可能到 <span class="whole">76.5 分</span>' in text
    assert "预约的时间：＿" in text
    assert answer.headers["Referrer-Policy"] == "no-referrer"
