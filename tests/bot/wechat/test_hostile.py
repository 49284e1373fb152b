"""No body, however broken or hostile, gives an error or a second effect."""

from xml.etree import ElementTree

import pytest
from werkzeug.test import TestResponse

from bot.database import reading
from bot.service import Service
from dialogs.rendering import LIMIT
from tests.bot.wechat.corpus import bodies
from tests.bot.wechat.platform import Platform

CORPUS = dict(bodies())


def state(service: Service) -> list[tuple[object, ...]]:
    """Everything a message may change."""
    with reading(service.engine) as connection:
        return [
            tuple(row)
            for table in ("conversations", "deliveries", "unmatched_texts")
            for row in connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY 1")
        ]


def check(response: TestResponse) -> None:
    """`success`, or one short text message as valid XML; never an error of ours."""
    assert response.status_code in {200, 403}
    assert b"Traceback" not in response.data
    if response.status_code == 200 and response.data != b"success":
        content = ElementTree.fromstring(response.data).findtext("Content")
        assert content
        assert len(content.encode()) <= LIMIT


def test_the_corpus_is_large_enough() -> None:
    assert len(CORPUS) >= 200


def test_each_body_signed_in_plain_mode(
    platform: Platform, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    platform.event("o1", "subscribe")
    for name, body in CORPUS.items():
        response = platform.post(body)
        assert response.status_code == 200, name
        check(response)
        before = state(service)
        assert platform.post(body).data == response.data, name
        assert state(service) == before, name
    assert not [record for record in caplog.records if record.exc_info]


def test_each_body_encrypted(platform: Platform, caplog: pytest.LogCaptureFixture) -> None:
    for body in CORPUS.values():
        try:
            text = body.decode()
        except UnicodeDecodeError:
            continue
        if text:
            response = platform.post(text, "safe")
            written_now = response.status_code == 200  # those of another time are refused
            assert written_now or response.status_code == 403
    assert not [record for record in caplog.records if record.exc_info]


def test_each_body_in_place_of_an_encrypted_one(platform: Platform) -> None:
    for body in CORPUS.values():
        check(platform.post(body, encrypt_type="aes", msg_signature="0" * 40))


def test_each_body_unsigned(platform: Platform, service: Service) -> None:
    before = state(service)
    for body in CORPUS.values():
        assert platform.post(body, signature="0" * 40).status_code == 403
    assert state(service) == before
