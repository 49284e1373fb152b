"""What a line of the log says: when, with the zone, of which request; as text or as JSON."""

import json
import logging
import re
import sys
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from bot import request_id
from bot.cli import main
from bot.database import reading, writing
from bot.logs import JsonFormatter, TextFormatter
from bot.outbox.posting import post
from tests.bot.server import serving
from tests.bot.setting_up import NOW, environment_of, migrated, service_for, settings_for

GIVEN = "0123456789abcdef0123456789abcdef"
MADE = re.compile(r"[0-9a-f]{32}")


def record(message: str, *args: object) -> logging.LogRecord:
    made = logging.LogRecord("bot.turns", logging.WARNING, __file__, 1, message, args, None)
    made.created, made.process = NOW.timestamp(), 7
    return made


def test_a_line_for_people() -> None:
    with request_id.within(GIVEN):
        line = TextFormatter().format(record("%d rows", 3))
    assert line == (f"2026-11-23T10:00:00.000+08:00 WARNING bot.turns pid=7 request={GIVEN} 3 rows")


def test_a_line_for_programs() -> None:
    told = json.loads(JsonFormatter().format(record("two\nlines of %(who)s", {"who": "谁"})))
    assert told == {
        "time": "2026-11-23T10:00:00.000+08:00",
        "level": "WARNING",
        "logger": "bot.turns",
        "pid": 7,
        "request": "-",
        "message": "two\nlines of 谁",
        "fields": {"who": "谁"},
    }


def test_an_exception_is_one_line_without_what_postgresql_quotes() -> None:
    said = "twice\nDETAIL: Key (person)=(oSECRET) exists.\n"
    try:
        raise ValueError(said)
    except ValueError:
        failed = record("failed")
        failed.exc_info = sys.exc_info()
    line = JsonFormatter().format(failed)
    assert "\n" not in line
    assert json.loads(line)["exception"].startswith("Traceback")
    assert "oSECRET" not in line


@pytest.fixture
def behind_a_proxy(tmp_path: Path) -> FlaskClient:
    return service_for(settings_for(tmp_path, proxies=1)).test_client()


@pytest.mark.parametrize(
    ("given", "is_taken"),
    [
        (GIVEN, True),
        ("01234567-89ab-cdef-0123-456789abcdef", True),
        (GIVEN.upper(), False),
        (GIVEN[:-1], False),
        (f"{GIVEN},{GIVEN}", False),
        ("13800138000", False),
        ("name=王", False),
        ("", False),
    ],
)
@pytest.mark.parametrize("path", ["/healthz", "/wechat", "/nowhere"])
def test_the_proxy_names_a_request_where_it_does_so_well(
    behind_a_proxy: FlaskClient, path: str, given: str, is_taken: bool
) -> None:
    headers = {"X-Request-Id": given.encode().decode("latin-1")}
    told = behind_a_proxy.get(path, headers=headers).headers["X-Request-Id"]
    assert (told == given) is is_taken
    assert is_taken or MADE.fullmatch(told)


def test_without_a_proxy_nobody_names_a_request(tmp_path: Path) -> None:
    client = service_for(settings_for(tmp_path)).test_client()
    told = [client.get("/healthz", headers={"X-Request-Id": GIVEN}) for _ in "ab"]
    ids = {one.headers["X-Request-Id"] for one in told}
    assert len(ids) == 2
    assert GIVEN not in ids


def test_a_notice_keeps_what_it_comes_from(tmp_path: Path) -> None:
    app: Flask = service_for(settings_for(tmp_path))
    engine = app.extensions["xinshimin"].engine
    with request_id.within(GIVEN), writing(engine) as connection:
        post(connection, "oAnna", "result", {}, now=NOW)
    with reading(engine) as connection:
        assert connection.execute(text("SELECT cause FROM notices")).scalar() == GIVEN
    assert request_id.current() == request_id.NONE


def test_all_lines_of_a_server_are_json(tmp_path: Path) -> None:
    """gunicorn's own from the first, and those of the service."""
    settings = settings_for(tmp_path)
    migrated(settings).dispose()
    log = tmp_path / "log"
    environment = environment_of(settings) | {"XINSHIMIN_LOG_FORMAT": "json"}
    config = ("--config", "python:bot.gunicorn_conf", "--access-logfile", "-")
    with serving("bot:create_app()", environment, log, *config, workers=1):
        pass
    told = [json.loads(line) for line in log.read_text().splitlines()]
    assert {"gunicorn.error", "gunicorn.access", "bot.application"} <= {
        one["logger"] for one in told
    }
    assert told[0]["message"].startswith("Starting gunicorn")
    assert all(datetime.fromisoformat(one["time"]).utcoffset() for one in told)


def test_another_form_stops_the_start(tmp_path: Path) -> None:
    environment = environment_of(settings_for(tmp_path)) | {"XINSHIMIN_LOG_FORMAT": "xml"}
    told = CliRunner().invoke(main, ["worker", "--once"], env=environment)
    assert told.exit_code == 1
    assert "XINSHIMIN_LOG_FORMAT is 'xml'; it must be one of ('text', 'json')" in told.stderr
