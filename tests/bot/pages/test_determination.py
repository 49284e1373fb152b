"""The result page and the sheet end with the determination id of what they show."""

import re

from flask import Flask

from bot.determination import checking
from bot.sealing.keyring import keyring_of
from bot.service import Service
from scoring import Determination, differences_from
from tests.bot.setting_up import NOW
from tests.bot.web import FACTS, FORM, Browser, signed_in, talked

ID = re.compile("核对编号：([^<]+)<")


def confirmed(service: Service, page: str) -> tuple[str, ...]:
    [id] = ID.findall(page)
    keys = checking(keyring_of(service.engine.dialect))
    return differences_from(Determination.read(id), service.rules(), FACTS, keys)


def test_the_sheet(app: Flask, service: Service) -> None:
    talked(service, "oMe")
    assert confirmed(service, signed_in(app, "oMe").get("/sheet").text) == ()
    talked(service, "oYou", education="master")
    assert confirmed(service, signed_in(app, "oYou").get("/sheet").text) == ("facts",)


def test_the_result_of_the_form(service: Service, browser: Browser) -> None:
    browser.get("/estimate")
    [id] = ID.findall(browser.estimated(FORM).text)
    [other] = ID.findall(browser.estimated([*FORM, ("age", "")]).text)
    told = Determination.read(id)
    assert (told.ruleset, told.on) == (service.rules().id, NOW.date())
    assert other == id, "of the same answers"
