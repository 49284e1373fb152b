"""A rush through the real callback: two gunicorn workers, signed messages, the worker beside."""

import re
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta
from functools import partial
from itertools import count
from time import sleep

import pytest
import requests
from sqlalchemy import select

from bot.booking.calendar import ExtraDay, Hours
from bot.booking.changes import AddExtraDay, apply
from bot.booking.holidays import know_year
from bot.booking.sweep import publish_ahead, sweep
from bot.booking.tables import appointments
from bot.database import reading, writing
from dialogs.phrases import say as phrase
from tests.bot.booking.desk import NOW, SITE, TOMORROW
from tests.bot.booking.storm import check_books
from tests.bot.server import ONCE, serving
from tests.bot.setting_up import environment_of, settings_for
from tests.bot.ticking import APP, Ticking
from tests.bot.wechat.platform import ACCOUNT, address, xml

CAPACITY = 10
PEOPLE_AT_ONCE = 8
CONTENT = re.compile(r"<Content><!\[CDATA\[(.*)\]\]></Content>", re.DOTALL)
THE_DAY_AFTER = TOMORROW + timedelta(days=1)


@pytest.fixture
def one_hour(engine):
    """A day with a single hour for ten people, published as the office would."""
    hours = Hours(time(9), time(10), slot_minutes=60, capacity=CAPACITY)
    with writing(engine) as connection:
        know_year(connection, NOW.year)
        apply(connection, AddExtraDay(SITE, ExtraDay(THE_DAY_AFTER, hours)), NOW)


AGAIN = tuple(phrase(f"service/{name}").splitlines()[0] for name in ("sorry", "too_much"))
"""How the replies begin that ask a person to say it again: nothing of the message was kept."""
TRIES = 20
A_MOMENT = 0.05  # seconds between two rounds of the worker's jobs: it leaves room for the chat


def say(root, token, clock, person, numbers, text):
    """One message, and the words of its reply."""
    message = {"FromUserName": person, "MsgType": "text", "Content": text}
    if text is None:
        message = {"FromUserName": person, "MsgType": "event", "Event": "subscribe"}
    else:
        message["MsgId"] = next(numbers)
    body = xml(ToUserName=ACCOUNT, CreateTime=1, **message).encode()
    query = address(token, int(clock().timestamp()), body)
    answer = requests.post(f"{root}/wechat", params=query, data=body, timeout=20)
    assert answer.status_code == 200
    found = CONTENT.search(answer.text)
    assert found
    return found[1]


def insist(root, token, clock, person, numbers, text):
    """The reply to a message that is said again as often as the service asks for it, as people do
    with a busy machine."""
    for _ in range(TRIES):
        reply = say(root, token, clock, person, numbers, text)
        if not reply.startswith(AGAIN):
            break
        sleep(0.2)
    return reply


def rush(root, token, clock, numbers, person):
    """Book with the words a person would type: "booked", "full" or what else was read."""
    when = f"{THE_DAY_AFTER.month}月{THE_DAY_AFTER.day}日9点"
    for text in (None, "1", "退出", "预约", "瓯北", when, "核对积分", "不用提醒"):
        reply = insist(root, token, clock, person, numbers, text)
        if "约满" in reply or "刚被约走" in reply:
            return "full"
    return "booked" if "约好了" in reply else reply


def storm_by_chat(engine, url, tmp_path, people):
    settings, clock = settings_for(tmp_path, database_url=url), Ticking.since(NOW)
    environment = environment_of(settings) | clock.environment()
    over = threading.Event()

    def work():
        while not over.wait(A_MOMENT):
            sweep(engine, clock())
            publish_ahead(engine, clock())

    with (
        serving(APP, environment, tmp_path / "server.log", ONCE) as server,
        ThreadPoolExecutor(PEOPLE_AT_ONCE + 1) as threads,
    ):
        worker = threads.submit(work)
        one = partial(rush, server.root, settings.wechat_token, clock, count(1))
        answers = Counter(threads.map(one, [f"person{i}" for i in range(people)]))
        over.set()
        worker.result()
    assert answers == {"booked": CAPACITY, "full": people - CAPACITY}
    with reading(engine) as connection:
        kept = list(connection.execute(select(appointments.c.person)).scalars())
    assert len(kept) == len(set(kept)) == CAPACITY
    check_books(engine)


@pytest.mark.usefixtures("one_hour")
def test_a_rush_by_chat(engine, url, tmp_path):
    storm_by_chat(engine, url, tmp_path, 16)


@pytest.mark.soak
@pytest.mark.usefixtures("one_hour")
def test_a_long_rush_by_chat(engine, url, tmp_path):
    storm_by_chat(engine, url, tmp_path, 400)
