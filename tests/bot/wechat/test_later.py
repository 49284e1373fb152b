"""Who leaves while the database is away is forgotten once it is back, by whichever process."""

import time
from collections.abc import Callable
from errno import EIO, ENOSPC
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.database import reading, writing
from bot.people import everything_about
from bot.service import Service
from bot.settings import Settings
from bot.wechat import later
from tests.bot.setting_up import NOW, service_for, settings_for
from tests.bot.wechat.platform import Platform


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.in_time.SECONDS", 0.3)
    monkeypatch.setattr(later, "SECONDS", 0.3)
    monkeypatch.setattr(later, "PAUSE_SECONDS", 0.1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_for(tmp_path)


@pytest.fixture
def weixin(settings: Settings) -> Platform:
    return started(settings)


def started(settings: Settings) -> Platform:
    """A process of the service."""
    return Platform(service_for(settings).test_client(), settings, int(NOW.timestamp()))


def engine_of(weixin: Platform) -> Engine:
    service: Service = weixin.client.application.extensions["xinshimin"]
    return service.engine


def kept_of(weixin: Platform, person: str) -> dict[str, object]:
    with reading(engine_of(weixin)) as connection:
        return everything_about(connection, person)


def files_of(settings: Settings) -> list[Path]:
    folder = Path(settings.database_url.removeprefix("sqlite:///")).parent / later.FOLDER
    return [one for one in folder.rglob("*") if one.is_file()]


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_who_leaves_while_the_disk_takes_nothing(
    weixin: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(later.Later, "keep", full)
    weixin.event("anna", "subscribe")
    with writing(engine_of(weixin)):
        assert weixin.event("anna", "unsubscribe") == ""
    until(lambda: not kept_of(weixin, "anna"))


def test_who_leaves_while_the_disk_neither_takes_nor_shows_anything(
    weixin: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError(EIO, "Input/output error")

    weixin.event("anna", "subscribe")
    assert kept_of(weixin, "anna")
    monkeypatch.setattr(later.Later, "keep", broken)
    monkeypatch.setattr(Path, "iterdir", broken)
    with writing(engine_of(weixin)):
        assert weixin.event("anna", "unsubscribe") == ""
    until(lambda: not kept_of(weixin, "anna"))


def test_who_leaves_while_the_disk_confirms_nothing(
    weixin: Platform, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unconfirmed(_: int) -> None:
        raise OSError(EIO, "Input/output error")

    monkeypatch.setattr(later.os, "fsync", unconfirmed)
    weixin.event("anna", "subscribe")
    with writing(engine_of(weixin)):
        assert weixin.event("anna", "unsubscribe") == ""
        [file] = files_of(settings)  # for the next process, should this one die
        assert not file.name.startswith(".")
    until(lambda: not kept_of(weixin, "anna") and not files_of(settings))


@pytest.mark.parametrize("event", ["unsubscribe", "user_authorization_cancellation"])
def test_who_leaves_while_another_one_writes(
    weixin: Platform, settings: Settings, event: str
) -> None:
    weixin.event("anna", "subscribe")
    with writing(engine_of(weixin)):
        for _ in range(3):  # deliveries
            began = time.monotonic()
            assert weixin.event("anna", event, OpenID="anna") == ""
            assert time.monotonic() - began < 1
        [file] = files_of(settings)
        assert file.stat().st_mode & 0o077 == 0
        assert b"anna" not in file.read_bytes()
    until(lambda: not files_of(settings))
    assert kept_of(weixin, "anna") == {}


def test_who_comes_back_is_not_forgotten_by_a_later_delivery(
    weixin: Platform, settings: Settings
) -> None:
    weixin.event("anna", "subscribe")
    with writing(engine_of(weixin)):
        weixin.event("anna", "unsubscribe")
    until(lambda: not files_of(settings))
    weixin.event("anna", "subscribe", EventKey="again")
    weixin.event("anna", "unsubscribe")
    assert kept_of(weixin, "anna")


def test_the_next_process_does_what_one_that_died_has_kept(settings: Settings) -> None:
    dying = started(settings)
    dying.event("anna", "subscribe")
    [file] = kept_for_anna(dying, settings)
    content = file.read_bytes()
    until(lambda: not files_of(settings))  # as it did not die at once, put it back
    dying.event("berta", "subscribe")
    file.write_bytes(content)
    started(settings).event("berta", "VIEW")
    until(lambda: not files_of(settings))
    assert kept_of(dying, "anna") == {}
    assert kept_of(dying, "berta")


def kept_for_anna(weixin: Platform, settings: Settings) -> list[Path]:
    with writing(engine_of(weixin)):
        weixin.event("anna", "unsubscribe")
        return files_of(settings)


def test_an_event_that_another_key_sealed_is_left_out(
    weixin: Platform, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    [file] = kept_for_anna(weixin, settings)
    until(lambda: not files_of(settings))
    file.write_bytes(b"nonsense")
    started(settings).event("anna", "VIEW")
    until(lambda: not files_of(settings))
    assert "sealed with another key" in caplog.text


def test_a_message_is_told_that_it_was_not_kept(weixin: Platform, settings: Settings) -> None:
    with writing(engine_of(weixin)):
        assert "请再发一次" in weixin.say("anna", "1")
        assert files_of(settings) == []
