"""`/appointments/notices`: the page with WeChat's own dialogue, without a browser."""

import re
import shutil
from datetime import timedelta
from html import unescape

import pytest
from wechatpy.client.api import WeChatJSAPI

from bot import create_app
from bot.booking import waiting
from bot.database import writing
from bot.outbox import consent
from bot.pages.consent import POLICY
from bot.wechat.credentials import TICKET, store
from bot.wechat.signature import sign_page
from tests.bot.booking.desk import NINE, NOW, book, make_slot
from tests.bot.setting_up import settings_for
from tests.bot.web import Browser, signed_in

PATH = "/appointments/notices"
ME = "anna"
LINK = f'href="{PATH}"'


@pytest.fixture
def serve(tmp_path, sqlite, watch):
    """The service with notices as told, and a ticket that a worker fetched."""

    def make(consent="long_term", template="TEMPLATE", ticket="a-ticket", **changes):
        shutil.copy(sqlite, tmp_path / "service.db")
        notices = tmp_path / "notices.yaml"
        notices.write_text(
            f"consent: {consent}\ntemplates: {{appointment: {{id: '{template}'}}}}\n"
        )
        app = create_app(settings_for(tmp_path, notices=notices, **changes), watch)
        if ticket:
            service = app.extensions["xinshimin"]
            until = watch.now + timedelta(hours=2)
            store(service.engine, service.settings.wechat_appid, TICKET, ticket, until)
        return app

    return make


def engine_of(app):
    return app.extensions["xinshimin"].engine


def text(answer):
    return unescape(answer.get_data(as_text=True))


def test_the_signature_is_the_documented_one():
    ticket = (
        "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg"
    )
    url = "http://mp.weixin.qq.com?params=value"
    expected = "0f9de62fce790f9a083d5c99e95740ceb90c27ed"
    for address in (url, f"{url}#fragment"):
        assert sign_page(ticket, "Wm3WZYTPz0wzccnW", "1414587457", address) == expected


@pytest.mark.parametrize("query", ["", "?from=singlemessage&x=%E7%93%AF"])
def test_the_page_is_signed_for_the_address_the_browser_shows(serve, query):
    page = text(signed_in(serve(), ME).get(PATH + query))
    shown = dict(re.findall(r'data-(\w+)="([^"]*)"', page))
    signed = WeChatJSAPI().get_jsapi_signature(
        shown["nonce"], "a-ticket", shown["timestamp"], f"https://jf.example.cn{PATH}{query}"
    )
    assert shown["signature"] == signed
    assert shown["appid"] == "wx0123456789abcdef"
    assert "a-ticket" not in page


def test_its_policy_lets_in_wechats_script_and_no_inline_one(serve):
    answer = signed_in(serve(), ME).get(PATH)
    policy = answer.headers["Content-Security-Policy"]
    assert policy == POLICY.format(sdk="https://res.wx.qq.com")
    assert "script-src 'self' https://res.wx.qq.com;" in policy
    page = text(answer)
    assert page.count("<script") == page.count("<script src=") == 3
    assert not re.search(r"\son\w+=", page)
    assert 'template="TEMPLATE"' in page
    assert answer.headers["Cache-Control"] == "no-store"


def test_every_other_page_keeps_its_own_policy(serve):
    answer = signed_in(serve(), ME).get("/appointments")
    assert "res.wx.qq.com" not in answer.headers["Content-Security-Policy"]


def test_without_a_ticket_no_script_is_loaded_and_nothing_is_lost(serve, watch):
    app = serve()
    watch.wait(hours=2)  # the worker stands still
    page = text(signed_in(app, ME).get(PATH))
    assert "res.wx.qq.com" not in page
    assert "wx-open-subscribe" not in page
    assert "我的预约" in page


def test_nobody_is_asked_before_signing_in(serve):
    answer = Browser(serve()).get(PATH)
    assert answer.status_code == 302
    assert "/connect/oauth2/authorize" in answer.headers["Location"]


@pytest.mark.parametrize(
    "how",
    [{"consent": "category"}, {"template": ""}, {"public_url": ""}],
)
def test_where_there_is_nothing_to_ask_there_is_no_page_and_no_link(serve, how):
    app = serve(**how)
    appointment(app)
    me = signed_in(app, ME)
    assert me.get(PATH).headers["Location"] == "/appointments"
    assert LINK not in text(me.get("/appointments"))


def appointment(app):
    with writing(engine_of(app)) as connection:
        make_slot(connection, NINE)
    book(engine_of(app), ME, now=NOW)


def agree(app, lasting):
    with writing(engine_of(app)) as connection:
        consent.grant(connection, ME, "TEMPLATE", lasting, NOW)


def test_who_agreed_for_good_is_asked_no_more(serve):
    app = serve()
    appointment(app)
    me = signed_in(app, ME)
    assert LINK in text(me.get("/appointments"))
    agree(app, lasting=True)
    assert LINK not in text(me.get("/appointments"))
    page = text(me.get(PATH))
    assert "微信提醒已经开了" in page
    assert "wx-open-subscribe" not in page


def test_counted_consents_are_shown_and_can_be_added_to(serve):
    app = serve(consent="one_time")
    me = signed_in(app, ME)
    assert "同意一次只发一条" in text(me.get(PATH))
    agree(app, lasting=False)
    agree(app, lasting=False)
    page = text(me.get(PATH))
    assert "还能发给您 2 条" in page
    assert "wx-open-subscribe" in page


def test_who_waits_for_a_place_is_asked_as_well(serve):
    app = serve()
    me = signed_in(app, ME)
    assert LINK not in text(me.get("/appointments"))
    with writing(engine_of(app)) as connection:
        waiting.join(connection, ME, "oubei", NOW)
    assert LINK in text(me.get("/appointments"))
