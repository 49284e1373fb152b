"""The phone without a browser: pages, signing in, notices, and WeChat's patience."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from bot.cli import main
from bot.database import reading
from bot.outbox import consent
from bot.simulator import service
from bot.simulator.bubbles import Piece, pieces
from bot.simulator.phones import Phones
from bot.simulator.platform import SECONDS, OutOfServiceError, Platform
from bot.wechat import followers
from bot.wechat.client import Client
from tests.bot.server import free_port, in_a_thread
from tests.bot.setting_up import NOW, migrated

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """A demonstration that really listens, as the phone posts to it over HTTP."""
    port = free_port()
    monkeypatch.setenv(service.FOLDER, str(tmp_path))
    monkeypatch.setenv(service.PORT, str(port))
    settings = service.demo_settings(tmp_path, port)
    migrated(settings).dispose()
    made = service.create_app()
    phones: Phones = made.extensions["phones"]
    phones.prepare()
    with in_a_thread(made, port):
        yield made


@pytest.fixture
def phone(app: Flask) -> FlaskClient:
    return app.test_client()


def post(phone: FlaskClient, action: str, **fields: str) -> str:
    """Press a button of the page; the page after it."""
    found = TOKEN.search(phone.get("/simulator/1").text)
    assert found
    fields["csrf_token"] = found[1]
    return phone.post(f"/simulator/1/{action}", data=fields, follow_redirects=True).text


def test_the_phone_follows_talks_and_leaves(phone: FlaskClient) -> None:
    assert "关注公众号" in phone.get("/simulator/", follow_redirects=True).text
    assert "您好" in post(phone, "follow")
    assert "【第 1 题" in post(phone, "act", tap="consent.agree|同意，开始测积分")
    assert "［图片］" in post(phone, "act", send="image")
    assert post(phone, "act", press="help").count("theirs") > 3
    assert "关注公众号" in post(phone, "leave")
    assert "您好" not in phone.get("/simulator/1").text


def test_the_home_page_leads_to_the_phone(phone: FlaskClient) -> None:
    assert 'href="/simulator/"' in phone.get("/").text
    typed = phone.get("/", headers={"Sec-Fetch-Site": "none"})
    assert typed.headers["Location"] == "/simulator/"


def test_a_script_gets_only_what_is_new(phone: FlaskClient) -> None:
    post(phone, "follow")
    assert phone.get("/simulator/1/news?after=1").status_code == 204
    fragment = post(phone, "act", text="1", after="1")
    assert "<html" not in fragment
    assert "您好" not in fragment
    assert "【第 1 题" in fragment


def test_forged_forms_are_refused(phone: FlaskClient) -> None:
    assert phone.post("/simulator/1/follow").status_code == 400
    assert phone.get("/simulator/99").status_code == 404


def test_several_persons_are_kept_apart(phone: FlaskClient) -> None:
    post(phone, "follow")
    token = TOKEN.search(phone.get("/simulator/1").text)
    assert token
    page = phone.post("/simulator/new", data={"csrf_token": token[1]}, follow_redirects=True)
    assert "第 2 位" in page.text
    assert "关注公众号" in page.text


def test_a_notice_is_shown_to_whom_it_is_for(app: Flask, phone: FlaskClient) -> None:
    post(phone, "follow")
    openid = app.extensions["phones"].find(1).openid
    notice = {
        "touser": openid,
        "template_id": "x",
        "page": app.extensions["xinshimin"].settings.page_root + "/appointments",
        "data": {"thing1": {"value": "明天的窗口预约"}, "thing9": {"value": "别的"}},
    }
    send = "/simulator/api/cgi-bin/message/subscribe/bizsend"
    assert phone.post(send, json=notice).get_json()["errcode"] == 43101
    agree = {"template": "x", "status": "accept"}
    assert phone.post("/simulator/script/answer", json=agree).get_json() == {"status": "accept"}
    for _ in range(2):  # this consent lasts
        assert phone.post(send, json=notice).get_json()["errcode"] == 0
    page = phone.get("/simulator/1").text
    assert "明天的窗口预约" in page
    assert 'href="/appointments"' in page
    post(phone, "leave")
    assert phone.post(send, json=notice).get_json()["errcode"] == 43004


def test_a_message_of_the_account_comes_only_after_one_of_the_person(
    app: Flask, phone: FlaskClient
) -> None:
    """Five after each message of theirs, as WeChat counts; none before the first."""
    openid = app.extensions["phones"].find(1).openid
    send = "/simulator/api/cgi-bin/message/custom/send"
    message = {"touser": openid, "msgtype": "text", "text": {"content": "窗口临时不开"}}
    assert phone.post(send, json=message).json["errcode"] == 43004
    post(phone, "follow")
    assert phone.post(send, json=message).json["errcode"] == 45015
    post(phone, "act", text="你好")
    codes = [phone.post(send, json=message).json["errcode"] for _ in range(6)]
    assert codes == [0] * 5 + [45047]
    assert phone.get("/simulator/1").text.count("窗口临时不开") == 5


def test_a_yes_in_the_sheet_reaches_the_service_as_wechat_reports_it(
    app: Flask, phone: FlaskClient
) -> None:
    post(phone, "follow")
    service = app.extensions["xinshimin"]
    openid = app.extensions["phones"].find(1).openid
    (template,) = consent.asked(service.settings)
    assert "允许" in phone.get("/simulator/script/sheet").text
    for status, left in (("accept", None), ("reject", 0)):
        phone.post("/simulator/script/answer", json={"template": template, "status": status})
        with reading(service.engine) as connection:
            assert consent.left(connection, openid, template) == left


def test_who_follows_is_listed_and_told_by_name(app: Flask, phone: FlaskClient) -> None:
    service = app.extensions["xinshimin"]
    client = Client(service.settings, service.engine, service.clock)
    openid = app.extensions["phones"].find(1).openid
    post(phone, "follow")
    assert list(followers.pages(client)) == [[openid]]
    assert followers.not_following(client, [openid]) == ([], 0)
    post(phone, "leave")
    assert followers.not_following(client, [openid]) == ([openid], 0)
    assert followers.not_following(client, ["stranger", openid]) == ([openid], 1)


def test_the_script_lets_in_only_pages_that_are_signed(app: Flask, phone: FlaskClient) -> None:
    service = app.extensions["xinshimin"]
    Client(service.settings, service.engine, service.clock).ticket()
    with requests.Session() as browser:
        browser.get(f"{service.settings.page_root}/simulator/1", timeout=SECONDS)
        page = browser.get(f"{service.settings.page_root}{consent.PAGE}", timeout=SECONDS)
    assert "connect-src 'self'" in page.headers["Content-Security-Policy"]
    shown = dict(re.findall(r'data-(\w+)="([^"]*)"', page.text))
    asked = {"timestamp": shown["timestamp"], "nonceStr": shown["nonce"], "path": consent.PAGE}
    check = "/simulator/script/config"
    good = asked | {"signature": shown["signature"]}
    assert phone.post(check, json=good).get_json() == {"ok": True}
    for spoilt in ({"path": "/appointments"}, {"nonceStr": "x"}, {"signature": "0" * 40}):
        assert phone.post(check, json=good | spoilt).get_json() == {"ok": False}


def test_other_sites_cannot_answer_the_sheet(phone: FlaskClient) -> None:
    post(phone, "follow")
    answer = "/simulator/script/answer"
    assert phone.post(answer, data='{"template": "x", "status": "accept"}').status_code == 415
    assert phone.post(answer, json=["x"]).status_code == 400
    phone.delete_cookie("phone")
    assert phone.post(answer, json={"template": "x", "status": "accept"}).status_code == 404


def test_signing_in_gives_whose_phone_is_held(app: Flask, phone: FlaskClient) -> None:
    phone.get("/simulator/1")
    root = app.extensions["xinshimin"].settings.page_root
    ask = f"/simulator/open/connect/oauth2/authorize?redirect_uri={root}/sheet&state=s"
    target = urlsplit(phone.get(ask).headers["Location"])
    query = parse_qs(target.query)
    assert query["state"] == ["s"]
    exchange = "/simulator/api/sns/oauth2/access_token"
    told = phone.get(exchange, query_string={"code": query["code"][0]}).get_json()
    assert told["openid"] == app.extensions["phones"].find(1).openid
    assert phone.get(exchange, query_string={"code": "x"}).get_json()["errcode"] == 40029


def test_the_pages_of_another_phone_are_anothers(app: Flask) -> None:
    """One browser holds all phones of a demonstration; each opens its own person's pages."""
    phones: Phones = app.extensions["phones"]
    root = app.extensions["xinshimin"].settings.page_root
    held = (phones.find(1), phones.find(phones.add()))
    browser = requests.Session()
    for number in (0, 1, 0):
        browser.get(f"{root}/simulator/{held[number].id}", timeout=SECONDS)
        shown = browser.get(f"{root}/my-data", timeout=SECONDS).text
        assert [phone.openid in shown for phone in held] == [number == 0, number == 1]


def test_nobody_is_sent_elsewhere_with_a_code(phone: FlaskClient) -> None:
    phone.get("/simulator/1")
    ask = "/simulator/open/connect/oauth2/authorize?redirect_uri=https://evil.example/"
    assert phone.get(ask).status_code == 400


def test_a_silent_service_is_called_faulty(tmp_path: Path) -> None:
    settings = service.demo_settings(tmp_path, 1)
    platform = Platform(settings, f"http://127.0.0.1:{free_port()}/wechat", lambda: NOW)
    with pytest.raises(OutOfServiceError):
        platform.deliver("o1", {"MsgType": "text", "Content": "a"})


def test_secrets_are_random_and_kept(tmp_path: Path) -> None:
    first = service.demo_settings(tmp_path / "a", 1)
    assert service.demo_settings(tmp_path / "a", 1) == first
    assert service.demo_settings(tmp_path / "b", 1).secret_key != first.secret_key
    assert list(first.problems()) == []
    assert (tmp_path / "a" / "secrets.json").stat().st_mode & 0o077 == 0


def test_an_office_tries_its_own_rules_in_the_demo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XINSHIMIN_RULES", str(tmp_path))
    monkeypatch.setenv("XINSHIMIN_RULESET", "elsewhere-2027")
    settings = service.demo_settings(tmp_path / "demo", 1)
    assert (settings.rules, settings.ruleset) == (tmp_path, "elsewhere-2027")
    refused = CliRunner().invoke(main, ["demo", "--folder", str(tmp_path / "demo")])
    assert refused.exit_code == 2
    assert "elsewhere-2027" in refused.output
    assert not (tmp_path / "demo" / "xinshimin.db").exists()


def test_a_bubble_links_only_what_the_platform_would() -> None:
    text = (
        'a<b>\n▸ 1 <a href="weixin://bizmsgmenu?msgmenucontent=大专&msgmenuid=e.1.x">大专</a>'
        '<a href="https://jf.example.cn/rules">规则</a><a href="javascript:alert(1)">x</a>'
    )
    assert pieces(text, "https://jf.example.cn") == [
        Piece("a<b>\n▸ 1 "),
        Piece("大专", tap="e.1.x|大专"),
        Piece("规则", href="/rules"),
        Piece("x"),
    ]
