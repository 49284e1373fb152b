"""The papers on pages: kept by the sheet as by the chat, shown with the appointment, told at the
window, gone with everything else."""

import json
from itertools import chain
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlmodel import col

from bot.database import reading, writing
from bot.models import ConversationRow
from bot.pages.sealed_answers import _mark
from bot.people import everything_about, forget
from bot.service import Service
from bot.store import ticks_told
from dialogs.conversation import Conversation, Ticks
from scoring import list_rulesets
from scoring.rulefile.evidence_table import table
from tests.bot.setting_up import NOW
from tests.bot.talks import rewrite_talks
from tests.bot.web import FACTS, FORM, Browser, signed_in, talked

ME = "oMe-0001-openid"
FORM_OF_PAPERS = {"paper 身份证": "have", "paper 学信网《学历电子注册备案表》": "missing"}
TICKED = Ticks(have=("身份证",), missing=("学信网《学历电子注册备案表》",))


@pytest.fixture
def me(app: Flask, service: Service) -> Browser:
    talked(service, ME)
    return signed_in(app, ME)


def kept(service: Service) -> Conversation:
    with reading(service.engine) as connection:
        talk = connection.scalar(select(col(ConversationRow.talk)))
    return Conversation.model_validate_json(str(talk))


def test_the_sheet_keeps_what_is_ticked(me: Browser, service: Service) -> None:
    text = me.get("/sheet").get_data(as_text=True)
    assert text.count('type="radio"') == 2 * 7
    assert "到学信网办" in text
    assert "公开的说明里没有写" in text
    answer = me.post("/sheet/papers", {**FORM_OF_PAPERS, "paper 无偿献血证": "have"})
    assert (answer.status_code, answer.location) == (303, "/sheet#papers")
    assert kept(service).papers == TICKED  # and nothing that is not asked for
    text = me.get("/sheet").get_data(as_text=True)
    assert 'name="paper 身份证" value="have" checked' in text
    assert 'name="paper 学信网《学历电子注册备案表》" value="missing" checked' in text
    mine = me.get("/my-data").get_data(as_text=True).partition("<pre")[0]
    assert "说手上有的</dt><dd>身份证" in mine
    with writing(service.engine) as connection:
        assert everything_about(connection, ME)
        forget(connection, ME)
        assert ticks_told(connection, ME) == Ticks()


def test_an_answer_changed_on_the_sheet_takes_its_tick_along(me: Browser, service: Service) -> None:
    me.get("/sheet")
    me.post("/sheet/papers", FORM_OF_PAPERS)
    me.get("/sheet/change/education")
    me.post("/sheet/change/education", {"education": "high_school"})
    assert kept(service).facts["education"] == "high_school"
    assert kept(service).papers == Ticks(have=("身份证",))


def test_a_form_of_elsewhere_ticks_nothing(app: Flask, me: Browser, service: Service) -> None:
    assert me.post("/sheet/papers", FORM_OF_PAPERS, token="forged").status_code == 400
    assert Browser(app).post("/sheet/papers", FORM_OF_PAPERS).status_code in (302, 400)
    assert kept(service).papers == Ticks()


def test_ticks_are_ones_own_whoever_s_turn_it_is(me: Browser, service: Service) -> None:
    own: dict[str, Any] = {"consented": True, "facts": FACTS}
    theirs = {"whose": "老婆", "facts": {}, "aside": own, "consented": True}
    with writing(service.engine) as connection:
        rewrite_talks(connection, json.dumps(theirs))
    me.get("/sheet")
    me.post("/sheet/papers", FORM_OF_PAPERS)
    assert (kept(service).papers, kept(service).own.papers) == (Ticks(), TICKED)


def test_on_the_web_result_they_lie_in_the_address(browser: Browser) -> None:
    browser.get("/estimate")
    result = browser.post("/estimate", FORM).location
    text = browser.get(result).get_data(as_text=True)
    assert f'action="{result}/papers"' in text
    assert 'name="paper 身份证" value="have" checked' not in text
    answer = browser.post(f"{result}/papers", {**FORM_OF_PAPERS, "paper 无偿献血证": "have"})
    address, _, anchor = answer.location.partition("#")
    assert (answer.status_code, anchor) == (303, "papers")
    for _ in range(2):  # also after a reload
        text = browser.get(address).get_data(as_text=True)
        assert 'name="paper 身份证" value="have" checked' in text
        assert 'name="paper 学信网《学历电子注册备案表》" value="missing" checked' in text
    paper = browser.get(f"{address}/a4").get_data(as_text=True)
    assert paper.count('type="checkbox" checked') == 1
    changed = browser.post(f"{address}/change/education", {"education": "high_school"}).location
    text = browser.get(changed).get_data(as_text=True)
    assert 'name="paper 身份证" value="have" checked' in text  # and the other one is not asked for


def test_what_stands_for_a_paper_in_the_address_stands_for_no_other() -> None:
    tables = [table(one.told(NOW.date())) for one in list_rulesets()]
    entries = chain.from_iterable(chain.from_iterable(one.values() for one in tables))
    names = {paper for entry in entries for paper in entry.papers}
    assert len({_mark(name) for name in names}) == len(names) > 20
