"""What /metrics tells: turns by who heard and what came of it, pages, holds, halls, the outbox."""

import os
import subprocess
import sys
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from flask import Flask
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import update

from bot.booking import gauges
from bot.booking.tables import appointments
from bot.database import reading, writing
from bot.metrics import GAUGES
from bot.models.appointment import ARRIVED
from bot.outbox.posting import post
from dialogs.router import HEARERS
from tests.bot.booking.desk import NINE, SITE, TEN
from tests.bot.outbox.test_sending import book
from tests.bot.setting_up import NOW, environment_of, migrated, service_for, settings_for
from tests.bot.wechat.platform import Platform

SAID = ["你好", "同意", "1994年5月12日", "嗯哼呵哈嘿", "预约", "1"]
UTTERANCES = {"said", "followed", "sent", "chosen", "outcome"}
Sample = tuple[str, frozenset[tuple[str, str]]]


def told(app: Flask) -> dict[Sample, float]:
    """All samples, parsed by Prometheus' own reader."""
    text = app.test_client().get("/metrics").text
    families = text_string_to_metric_families(text)
    return {
        (one.name, frozenset(one.labels.items())): one.value
        for family in families
        for one in family.samples
    }


def value(samples: dict[Sample, float], name: str, **labels: str) -> float:
    return samples.get((f"xinshimin_{name}", frozenset(labels.items())), 0.0)


def grown(before: dict[Sample, float], after: dict[Sample, float], name: str) -> dict[str, float]:
    """By the values of its labels: how much more of it there is."""
    return {
        "/".join(text for _, text in sorted(labels)): more
        for (told, labels), count in after.items()
        if told == f"xinshimin_{name}" and (more := count - before.get((told, labels), 0.0))
    }


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return service_for(settings_for(tmp_path))


@pytest.fixture
def platform(app: Flask) -> Platform:
    settings = app.extensions["xinshimin"].settings
    return Platform(app.test_client(), settings, int(NOW.timestamp()))


def test_turns_are_counted_by_hearer_and_outcome_once(app: Flask, platform: Platform) -> None:
    before = told(app)
    platform.event("oAnna", "subscribe")
    for text in SAID:
        platform.say("oAnna", text)
    after = told(app)
    turns = grown(before, after, "turns_total")
    assert sum(turns.values()) == len(SAID) + 1
    assert turns["followed/answered"] == 1
    assert {name.split("/")[0] for name in turns} <= UTTERANCES | {one.__name__ for one in HEARERS}
    assert {name.split("/")[1] for name in turns} == {"answered", "missed", "fulfilled"}
    assert grown(before, after, "messages_total") == {"event": 1, "text": len(SAID)}
    assert grown(before, after, "requests_total")["Mine/ShowMine"] == 1
    assert value(after, "turn_seconds_count") - value(before, "turn_seconds_count") == 7


def test_a_repeated_delivery_is_no_turn(app: Flask, platform: Platform) -> None:
    body = (
        "<xml><ToUserName>gh_1</ToUserName><FromUserName>oAnna</FromUserName>"
        f"<CreateTime>{platform.now}</CreateTime><MsgType>text</MsgType>"
        "<Content>你好</Content><MsgId>1</MsgId></xml>"
    )
    before = told(app)
    for _ in range(3):
        platform.post(body)
    after = told(app)
    assert sum(grown(before, after, "turns_total").values()) == 1
    assert grown(before, after, "messages_total") == {"text": 3}


def test_pages_by_room_and_status(app: Flask) -> None:
    before = told(app)
    for path in ("/", "/rules", "/nowhere", "/staff/", "/static/nothing", "/sheet/x"):
        app.test_client().get(path)
    seen = grown(before, told(app), "page_seconds_count")
    seen.pop("metrics/2xx")  # of the one that asked before
    assert seen == {"pages/2xx": 2, "pages/3xx": 1, "pages/4xx": 1, "staff/3xx": 1, "static/4xx": 1}


def test_booking_and_halls(engine) -> None:
    book(engine, "anna", now=NOW)
    book(engine, "berta", now=NOW, starts_at=TEN)
    later = NINE + timedelta(minutes=40)
    with writing(engine) as connection:
        arrived = update(appointments).values(state=ARRIVED, arrived_at=NINE)
        connection.execute(arrived.where(appointments.c.person == "anna"))
    with reading(engine) as connection:
        assert gauges.figures(connection, later) == {
            "holds": 0,
            "waiting_people": 0,
            "appointments_made": 2,
            "appointments_today": {"arrived": 1, "booked": 1},
            "queue_people": {SITE: 1},
            "queue_seconds": {SITE: 2400.0},
        }


def test_what_waits_in_the_outbox_and_how_old_rules_are(app: Flask) -> None:
    with writing(app.extensions["xinshimin"].engine) as connection:
        post(connection, "oAnna", "result", {}, now=NOW - timedelta(minutes=7))
        post(connection, "oBerta", "result", {}, now=NOW, due_at=NOW + timedelta(days=1))
    samples = told(app)
    assert value(samples, "notices_due") == 1
    assert value(samples, "notices_due_seconds") == 420
    rules = app.extensions["xinshimin"].rules().at(NOW.date())
    days = (NOW.date() - rules.oldest_check).days
    assert samples["xinshimin_rules_checked_seconds", frozenset()] == days * 86_400


def test_every_gauge_is_told(app: Flask) -> None:
    named = {name.removeprefix("xinshimin_") for name, _ in told(app)}
    unlabelled = {name for name, (_, labels) in GAUGES.items() if not labels}
    assert unlabelled <= named


def test_no_label_is_of_a_person(app: Flask, platform: Platform) -> None:
    platform.say("oAnna", "我叫王小明")
    names = {one.name for family in REGISTRY.collect() for one in family.samples}
    assert any(name.startswith("xinshimin_turns") for name in names)
    labels = {
        label for name, pairs in told(app) if name.startswith("xinshimin_") for label in pairs
    }
    for (_, text), word in product(labels, ("oAnna", "王小明")):
        assert word not in text


def test_workers_of_a_machine_are_added_up_also_when_one_has_ended(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    migrated(settings).dispose()
    folder = tmp_path / "metrics"
    folder.mkdir()
    count = "from bot import metrics; metrics.TURNS.labels('answered', 'answered').inc()"
    environment = environment_of(settings) | {"PROMETHEUS_MULTIPROC_DIR": str(folder)}
    for _ in "abc":
        subprocess.run([sys.executable, "-c", count], env=os.environ | environment, check=True)
    asks = "from bot import metrics; print(metrics.exposition().decode())"
    asked = subprocess.run(
        [sys.executable, "-c", asks], env=os.environ | environment, capture_output=True, text=True
    )
    assert 'xinshimin_turns_total{intent="answered",outcome="answered"} 3.0' in asked.stdout


def test_what_serves_asks_late_where_to_count() -> None:
    """The folder is named by `serve` itself; what was imported before would count for itself."""
    loads = "import sys, bot.cli.serve; sys.exit('prometheus_client' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loads], check=False).returncode == 0
