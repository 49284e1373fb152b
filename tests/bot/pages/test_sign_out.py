"""Leaving the personal pages: here, or in every browser."""

import pytest
from flask import Flask
from sqlalchemy import select

from bot.database import reading
from bot.models import PageSession
from bot.service import Service
from tests.bot.web import Browser, signed_in, talked

ME, OTHER = "oMe-0001-openid", "oOther-002-openid"


def people(service: Service) -> list[str]:
    """Whose browsers are signed in."""
    with reading(service.engine) as connection:
        return [row.person for row in connection.execute(select(PageSession))]


@pytest.mark.parametrize("path", ["/sheet", "/appointments", "/my-data", "/sign-out"])
def test_where_somebody_is_signed_in_there_is_a_way_out(
    app: Flask, service: Service, path: str
) -> None:
    talked(service, ME)
    mine = signed_in(app, ME)
    assert '<form method="post" action="/sign-out">' in mine.get(path).get_data(as_text=True)
    mine.post("/sign-out")
    assert people(service) == []
    assert mine.get("/sheet").status_code == 302


@pytest.mark.parametrize("path", ["/", "/privacy", "/sign-out", "/no-such-page"])
def test_a_page_for_everybody_and_a_stranger_have_none(browser: Browser, path: str) -> None:
    assert 'action="/sign-out"' not in browser.get(path).get_data(as_text=True)


def test_here_ends_this_browser_and_everywhere_all_of_the_person(
    app: Flask, service: Service
) -> None:
    for person in (ME, OTHER):
        talked(service, person)
    here, there, third, others = (signed_in(app, who) for who in (ME, ME, ME, OTHER))
    for browser in (here, there, third, others):
        browser.get("/my-data")
    assert "这里的网页不认得您了" in here.get(here.post("/sign-out").headers["Location"]).get_data(
        as_text=True
    )
    assert sorted(people(service)) == [ME, ME, OTHER]
    after = there.post("/sign-out", {"everywhere": "1"})
    assert "都不认得您了" in there.get(after.headers["Location"]).get_data(as_text=True)
    assert people(service) == [OTHER]
    assert third.get("/sheet").status_code == 302
    assert others.get("/sheet").status_code == 200


def test_nothing_of_the_visit_stays_in_the_cookie(app: Flask, service: Service) -> None:
    talked(service, ME)
    mine = signed_in(app, ME)
    mine.get("/my-data")
    before = mine.cookie("__Host-session")
    mine.post("/sign-out")
    assert not mine.cookie("__Host-session")
    mine.set_cookie("__Host-session", before)  # kept by a person who sat there before
    assert mine.get("/my-data").status_code == 302


def test_a_forged_form_and_a_link_sign_nobody_out(app: Flask, service: Service) -> None:
    mine = signed_in(app, ME)
    assert mine.post("/sign-out", token="forged").status_code == 400
    mine.get("/sign-out")
    assert people(service) == [ME]
