"""A rush through the real callback: two gunicorn workers, signed messages, the worker beside."""

import re
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import time as clock
from datetime import timedelta
from functools import partial
from itertools import count

import pytest
import requests
from sqlalchemy import select

from bot.booking.calendar import ExtraDay, Hours
from bot.booking.changes import AddExtraDay, apply
from bot.booking.holidays import know_year
from bot.booking.sweep import publish_ahead, sweep
from bot.booking.tables import appointments
from bot.clock import now
from bot.database import reading, writing
from tests.bot.booking.desk import SITE
from tests.bot.booking.storm import check_books
from tests.bot.server import serving
from tests.bot.setting_up import environment_of, settings_for
from tests.bot.wechat.platform import ACCOUNT, signature, xml

CAPACITY = 10
PEOPLE_AT_ONCE = 8
CONTENT = re.compile(r"<Content><!\[CDATA\[(.*)\]\]></Content>", re.DOTALL)


@pytest.fixture
def day(engine):
    """The day after tomorrow with a single hour for ten people, published as the office would."""
    at = now()
    chosen = at.date() + timedelta(days=2)
    hours = Hours(clock(9), clock(10), slot_minutes=60, capacity=CAPACITY)
    extra = AddExtraDay(SITE, ExtraDay(chosen, hours))
    with writing(engine) as connection:
        for year in {at.year, chosen.year}:
            know_year(connection, year)
        apply(connection, extra, at)
    return chosen


def say(root, token, person, numbers, text):
    """One message, and the words of its reply."""
    stamp = str(int(time.time()))
    query = {"timestamp": stamp, "nonce": "1", "signature": signature(token, stamp, "1")}
    message = {"FromUserName": person, "MsgType": "text", "Content": text}
    if text is None:
        message = {"FromUserName": person, "MsgType": "event", "Event": "subscribe"}
    else:
        message["MsgId"] = next(numbers)
    body = xml(ToUserName=ACCOUNT, CreateTime=1, **message)
    answer = requests.post(f"{root}/wechat", params=query, data=body.encode(), timeout=20)
    assert answer.status_code == 200
    found = CONTENT.search(answer.text)
    assert found
    return found[1]


def rush(root, token, day, numbers, person):
    """Book with the words a person would type: "booked", "full" or what else was read."""
    when = f"{day.month}月{day.day}日9点"
    for text in (None, "1", "退出", "预约", "瓯北", when, "核对积分", "不用提醒"):
        reply = say(root, token, person, numbers, text)
        if "约满" in reply or "刚被约走" in reply:
            return "full"
    return "booked" if "约好了" in reply else reply


def storm_by_chat(engine, url, tmp_path, day, people):
    settings = settings_for(tmp_path, database_url=url)
    over = threading.Event()

    def work():
        while not over.is_set():
            sweep(engine, now(), keep_days=30)
            publish_ahead(engine, now())

    with (
        serving("bot:create_app()", environment_of(settings), tmp_path / "server.log") as server,
        ThreadPoolExecutor(PEOPLE_AT_ONCE + 1) as threads,
    ):
        worker = threads.submit(work)
        one = partial(rush, server.root, settings.wechat_token, day, count(1))
        answers = Counter(threads.map(one, [f"person{i}" for i in range(people)]))
        over.set()
        worker.result()
    assert answers == {"booked": CAPACITY, "full": people - CAPACITY}
    with reading(engine) as connection:
        kept = list(connection.execute(select(appointments.c.person)).scalars())
    assert len(kept) == len(set(kept)) == CAPACITY
    check_books(engine)


def test_a_rush_by_chat(engine, url, tmp_path, day):
    storm_by_chat(engine, url, tmp_path, day, 24)


@pytest.mark.soak
def test_a_long_rush_by_chat(engine, url, tmp_path, day):
    storm_by_chat(engine, url, tmp_path, day, 400)
