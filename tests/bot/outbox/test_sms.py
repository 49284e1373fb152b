"""SMS by the office's gateway, over HTTP, and in the log where there is none."""

import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.outbox.answers import Impossible, Later, Sent, Unsure
from bot.outbox.sms import gateway as of_http
from bot.outbox.sms.gateway import Gateway
from bot.outbox.sms.logged import ONLY_LOGGED, Logged
from bot.outbox.ways_out import sound_notices
from bot.outbox.wording import Notices, load_notices
from bot.settings import Settings, SettingsError
from tests.bot.outbox.gateway import SmsGateway, gateway

WORDS = {"site": "瓯北街道", "starts_at": "2026-11-24T09:00:00+08:00", "code": "271828"}
PHONE = "13800138000"
CONFIG = """
sms:
  adapter: http
  url: {url}
  headers: {{Authorization: "Bearer {{secret}}"}}
  body: {{mobile: "{{phone}}", content: "【永嘉】{{text}}", id: "{{key}}"}}
  success: {{result.code: "0"}}
  receipt: msgid
"""


@pytest.fixture
def office() -> Iterator[SmsGateway]:
    with gateway() as running:
        yield running


@pytest.fixture
def wording(office: SmsGateway, tmp_path) -> Notices:
    return configured(tmp_path, CONFIG.format(url=f"{office.address}/send"))


def configured(folder, text: str) -> Notices:
    own = folder / f"{abs(hash(text))}.yaml"
    own.write_text(text)
    return load_notices(own)


def send(wording: Notices):
    return Gateway(wording, "s3cret").send("key-1", PHONE, "closed", WORDS | {"reason": "停电"})


def test_a_message_arrives_with_its_text_and_the_secret(office, wording) -> None:
    assert send(wording) == Sent("7")
    assert office.taken == [
        {
            "mobile": PHONE,
            "content": "【永嘉】瓯北街道 11月24日 09:00 窗口临时不开（停电）。预约给您留着，"
            "在公众号发“改时间”改一个。",
            "id": "key-1",
        }
    ]
    assert office.headers[0]["Authorization"] == "Bearer s3cret"
    assert PHONE not in office.paths[0]


def test_a_form_is_posted_where_the_gateway_takes_no_json(office, tmp_path) -> None:
    text = CONFIG.format(url=office.address) + "  encoding: form\n"
    assert send(configured(tmp_path, text)) == Sent("7")
    assert office.taken[0]["mobile"] == PHONE


@pytest.mark.parametrize(
    ("status", "answer", "comes_of_it"),
    [
        (200, b'{"result": {"code": "0"}}', Sent("")),
        (200, b'{"result": {"code": 12}}', Impossible("sms 12")),  # it says that it took nothing
        (200, b'{"result": "fine"}', Unsure("sms answer not understood")),
        (200, b"<html>ok</html>", Unsure("sms 200")),
        (200, b"", Unsure("sms 200")),
        (200, b"\xff\xfe", Unsure("sms 200")),
        (302, b"", Unsure("sms 302")),
        (403, b"no", Impossible("sms 403")),
        (429, b"slowly", Later("sms 429", all=True)),
        (500, b"", Unsure("sms 500")),
        (502, b'{"result": {"code": 0}}', Unsure("sms 502")),  # a proxy's word is none of theirs
    ],
)
def test_what_an_answer_means(office, wording, status, answer, comes_of_it) -> None:
    office.status, office.answer = status, answer
    assert send(wording) == comes_of_it
    assert len(office.taken) == 1  # no redirect is followed: the telephone would go along


def test_silence_a_drip_and_a_broken_line_leave_it_open(office, wording, monkeypatch) -> None:
    monkeypatch.setattr(of_http, "TIMEOUT", (1, 0.3))
    monkeypatch.setattr(of_http, "CALL_SECONDS", 0.6)
    office.sleep = 0.5
    assert isinstance(send(wording), Unsure)
    office.sleep, office.drip = 0, 0.1  # each byte in time, all of them 4 s: cut after 0.6 s
    assert isinstance(send(wording), Unsure)
    office.drip, office.hang_up = 0, True
    assert isinstance(send(wording), Unsure)


def test_nobody_there_is_tried_again(tmp_path) -> None:
    wording = configured(tmp_path, CONFIG.format(url="http://127.0.0.1:9/send"))
    answer = send(wording)
    assert isinstance(answer, Later)
    assert answer.all
    assert "127.0.0.1" not in answer.error


def test_without_a_gateway_the_log_names_neither_number_nor_text(caplog) -> None:
    with caplog.at_level(logging.INFO):
        answer = Logged("k" * 32).send("key-1", PHONE, "closed", WORDS)
    assert answer == Impossible(ONLY_LOGGED)
    (line,) = caplog.messages
    assert "closed" in line
    assert not any(told in line for told in (PHONE, PHONE[-4:], "瓯北", "271828"))


@pytest.mark.parametrize(
    ("was", "instead", "says"),
    [
        ("url: {url}", "url: http://sms.example.cn", "must begin with https://"),
        ('"{{phone}}"', '"13800138000"', "must have {phone} and {text}"),
        ("{{key}}", "{{openid}}", "{openid} is none of"),
        ('success: {{result.code: "0"}}', "success: {{}}", "success must say"),
    ],
)
def test_a_faulty_gateway_stops_the_start(tmp_path, was, instead, says) -> None:
    text = CONFIG.replace(was, instead).format(url="https://sms.example.cn")
    with pytest.raises(SettingsError, match=says.replace("{", r"\{")):
        configured(tmp_path, text)


def test_a_gateway_that_wants_a_secret_does_not_start_without_one(tmp_path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(CONFIG.format(url="https://sms.example.cn"))
    settings = Settings(notices=own)
    with pytest.raises(SettingsError, match="SMS_SECRET is missing"):
        sound_notices(settings)
    assert sound_notices(replace(settings, sms_secret="s3cret")).sms.is_sent
