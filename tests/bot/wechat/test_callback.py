"""The callback over HTTP, signed and encrypted by wechatpy."""

from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from wechatpy.crypto import WeChatCrypto

from bot.database import reading
from bot.service import Service
from dialogs.rendering import LIMIT
from tests.bot.setting_up import PREVIOUS_AES_KEY, service_for, settings_for
from tests.bot.wechat.platform import ACCOUNT, MODES, Platform, signature, xml

EVENTS = [
    "VIEW",
    "LOCATION",
    "scancode_push",
    "scancode_waitmsg",
    "pic_sysphoto",
    "pic_photo_or_album",
    "pic_weixin",
    "location_select",
    "TEMPLATESENDJOBFINISH",
    "subscribe_msg_popup_event",
    "subscribe_msg_change_event",
    "subscribe_msg_sent_event",
    "user_info_modified",
    "view_miniprogram",
    "never_heard_of",
]


def count(service: Service, table: str) -> int:
    with reading(service.engine) as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_the_address_is_proven_with_the_text_as_it_came(platform: Platform) -> None:
    echo = "5197432589231058342<b>"
    response = platform.client.get("/wechat", query_string=platform.query(echostr=echo))
    assert response.text == echo
    assert response.mimetype == "text/plain"


def test_only_a_get_is_told_the_text_and_no_browser_takes_it_for_a_page(platform: Platform) -> None:
    query = platform.query(echostr="<b>")
    told = platform.client.get("/wechat", query_string=query)
    assert told.headers["X-Content-Type-Options"] == "nosniff"
    asked = platform.client.head("/wechat", query_string=query)
    assert (asked.status_code, asked.data) == (200, b"")


def test_of_a_parameter_given_twice_the_first_counts(platform: Platform) -> None:
    query = [*platform.query(echostr="1").items(), ("echostr", "2"), ("signature", "0" * 40)]
    assert platform.client.get("/wechat", query_string=urlencode(query)).text == "1"


def test_a_stranger_proves_nothing(platform: Platform) -> None:
    query = platform.query(echostr="1", signature="0" * 40)
    assert platform.client.get("/wechat", query_string=query).status_code == 403
    assert platform.client.get("/wechat").status_code == 403


@pytest.mark.parametrize("mode", MODES)
def test_a_talk_in_each_mode(platform: Platform, mode: str) -> None:
    assert "您好" in platform.event("o1", "subscribe", mode)
    assert "【第 1 题" in platform.say("o1", "1", mode)


@pytest.mark.parametrize("mode", MODES)
def test_the_reply_goes_to_the_person_from_the_account(platform: Platform, mode: str) -> None:
    reply = platform.opened(platform.post(platform.text("o1", "a"), mode), mode)
    assert (reply["ToUserName"], reply["FromUserName"]) == ("o1", ACCOUNT)
    assert (reply["MsgType"], reply["CreateTime"]) == ("text", str(platform.now))


def test_the_previous_key_is_still_understood(platform: Platform) -> None:
    settings = platform.settings
    old = WeChatCrypto(settings.wechat_token, PREVIOUS_AES_KEY, settings.wechat_appid)
    body = platform.text("o1", "a")
    envelope = old.encrypt_message(body, "1320562132", platform.now)
    signed = envelope.split("<MsgSignature><![CDATA[")[1].split("]")[0]
    response = platform.post(envelope, encrypt_type="aes", msg_signature=signed, nonce="1320562132")
    assert platform.opened(response, "safe")["ToUserName"] == "o1"


@pytest.mark.parametrize(
    "spoilt",
    [
        {"signature": "0" * 40},
        {"signature": ""},
        {"timestamp": "1"},
        {"timestamp": "soon"},
        {"nonce": "other"},
        {"encrypt_type": "aes"},
        {"encrypt_type": "aes", "msg_signature": "0" * 40},
    ],
)
def test_what_is_wrongly_signed_is_refused(platform: Platform, spoilt: dict[str, str]) -> None:
    body, _ = platform.sealed(xml(ToUserName="a", FromUserName="o1", MsgType="text", MsgId=1))
    assert platform.post(body, **spoilt).status_code == 403


@pytest.mark.parametrize(("seconds", "status"), [(600, 200), (601, 403), (-600, 200), (-601, 403)])
def test_timestamps_may_differ_by_ten_minutes(
    platform: Platform, seconds: int, status: int
) -> None:
    platform.now += seconds
    assert platform.post(platform.text("o1", "a")).status_code == status
    assert platform.post(platform.text("o1", "a"), "safe").status_code == status


def test_a_foreign_account_is_not_answered(platform: Platform, service: Service) -> None:
    settings = platform.settings
    foreign = WeChatCrypto(settings.wechat_token, settings.wechat_aes_key, "wxforeign0000000")
    body = platform.text("o1", "a")
    envelope = foreign.encrypt_message(body, "1320562132", platform.now)
    signed = envelope.split("<MsgSignature><![CDATA[")[1].split("]")[0]
    spoilt = {"encrypt_type": "aes", "msg_signature": signed, "nonce": "1320562132"}
    assert platform.post(envelope, **spoilt).data == b"success"
    assert count(service, "conversations") == 0


def test_where_safe_mode_is_demanded_plain_messages_are_refused(tmp_path: object) -> None:
    settings = settings_for(tmp_path, wechat_mode="safe")  # type: ignore[arg-type]
    client: FlaskClient = service_for(settings).test_client()
    strict = Platform(client, settings, 1795399200)
    body = xml(ToUserName="a", FromUserName="o1", MsgType="text", Content="a", MsgId=1)
    assert strict.post(body).status_code == 403


@pytest.mark.parametrize(
    "kind", ["image", "voice", "video", "shortvideo", "location", "link", "file", "hologram"]
)
def test_whatever_is_sent_gets_a_kind_answer(platform: Platform, kind: str) -> None:
    platform.event("o1", "subscribe")
    body = xml(ToUserName=ACCOUNT, FromUserName="o1", CreateTime=1, MsgType=kind, MsgId=1)
    assert platform.reply(body)


@pytest.mark.parametrize("event", EVENTS)
def test_other_events_are_taken_silently(platform: Platform, service: Service, event: str) -> None:
    assert platform.event("o1", event, EventKey="x") == ""
    assert count(service, "conversations") == 0


def test_the_menu_and_a_scanned_code_are_answered(platform: Platform) -> None:
    platform.event("o1", "subscribe", EventKey="qrscene_window7")
    assert platform.event("o1", "CLICK", EventKey="help")
    assert platform.event("o1", "SCAN", EventKey="window7")


@pytest.mark.parametrize("number", ["", "consent.agree"])
def test_a_tap_counts_with_and_without_its_id(platform: Platform, number: str) -> None:
    platform.event("o1", "subscribe")
    assert "【第 1 题" in platform.say("o1", "同意，开始测积分", bizmsgmenuid=number)


def test_a_message_cannot_write_markup_into_the_reply(platform: Platform) -> None:
    platform.event("o1", "subscribe")
    platform.say("o1", "1")
    for said in ("]]><FuncFlag>1</FuncFlag>", "<a href='x'>y</a>", "\ufffe\x01", "&lt;xml&gt;"):
        body = xml(
            ToUserName=ACCOUNT,
            FromUserName="o1",
            MsgType="text",
            Content=said.replace("]]>", "]]]]><![CDATA[>"),
            MsgId=next(platform.numbers),
        )
        reply = platform.opened(platform.post(body))
        assert set(reply) == {"ToUserName", "FromUserName", "CreateTime", "MsgType", "Content"}
        assert "<a href='x'" not in reply["Content"]


def test_the_longest_message_gets_a_short_reply(platform: Platform) -> None:
    platform.event("o1", "subscribe")
    for said in ("大专" * 1000, "🀄" * 2000, "9" * 2000, "<" * 2000):
        assert len(platform.say("o1", said).encode()) <= LIMIT


def test_leaving_deletes_the_person(platform: Platform, service: Service) -> None:
    platform.event("o1", "subscribe")
    platform.say("o1", "1")
    platform.event("o2", "subscribe")
    assert platform.event("o1", "unsubscribe") == ""
    with reading(service.engine) as connection:
        assert list(connection.scalars(text("SELECT person FROM conversations"))) == ["o2"]
        left = connection.execute(text("SELECT person, reply FROM deliveries WHERE person IS NULL"))
        assert [tuple(row) for row in left] == [(None, None)] * 3


def test_withdrawing_the_authorization_deletes_the_person(
    platform: Platform, service: Service
) -> None:
    platform.event("o1", "subscribe")
    platform.event("platform", "user_authorization_revoke", OpenID="o1", RevokeInfo="1")
    assert count(service, "conversations") == 0


def test_a_late_delivery_after_leaving_begins_no_new_talk(
    platform: Platform, service: Service
) -> None:
    body = xml(ToUserName=ACCOUNT, FromUserName="o1", MsgType="text", Content="a", MsgId=7)
    platform.post(body)
    platform.event("o1", "unsubscribe")
    assert platform.post(body).data == b"success"
    assert count(service, "conversations") == 0


def test_the_signature_helper_is_the_platforms(platform: Platform) -> None:
    query = platform.query()
    token = platform.settings.wechat_token
    assert query["signature"] == signature(token, query["timestamp"], query["nonce"])


def test_an_error_of_ours_is_told_kindly_and_changes_nothing(
    platform: Platform, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform.event("o1", "subscribe")
    monkeypatch.setattr("bot.turns.converse", lambda *_: 1 / 0)
    body = xml(ToUserName=ACCOUNT, FromUserName="o1", MsgType="text", Content="1", MsgId=1)
    assert "请再发一次" in platform.reply(body)
    assert count(service, "deliveries") == 1
    monkeypatch.undo()
    assert "【第 1 题" in platform.reply(body)


def test_an_error_outside_the_conversation_is_no_error_to_the_platform(
    platform: Platform, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.callback.message_from", lambda _: 1 / 0)
    assert platform.post(xml(MsgType="text")).data == b"success"
    assert "ZeroDivisionError" in caplog.text
