"""One person and one clerk walk through the whole product of a county; prints what they read.

Runs in a process of its own, because a process speaks for one county:
`python -m tests.counties.walk COUNTY FOLDER` writes one JSON object, with a list of texts for each
part of the product.
"""

import html
import json
import re
import sys
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from bot.booking.tables import appointments
from bot.clock import ZONE
from bot.database import reading, writing
from bot.simulator import hours
from bot.staff.auth import members, sessions
from dialogs import faq
from dialogs.region import choose, region
from tests.bot.setting_up import service_for, settings_for
from tests.bot.web import Browser, signed_in
from tests.bot.wechat.platform import Platform

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZONE)
PERSON = "oPersonOfTheWalk000000000001"
TALK = (
    *(
        "你好",
        "1",
        "1",
        "1990年5月",
        "大专",
        "没有",
        "40个月",
        "50个月",
        "公积金",
        "40个月",
    ),
    *("结果", "去哪个窗口", "积分能换漂流吗", "旅游有优惠吗", "打什么电话", "老城去哪里办"),
    *("积分入学要多少分", "积分入学什么时候申请", "分数相同怎么排"),
)
TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL)


def text_of(page: str) -> str:
    """What a page shows, without its markup."""
    return html.unescape(re.sub(r"\s+", " ", TAGS.sub(" ", page)))


def walk(county: str, folder: Path) -> dict[str, list[str]]:
    """What is read in the chat, on the pages, when booking, and in the console."""
    settings = settings_for(folder, county=county)
    choose(county)  # before the database is made: its sites are the townships
    app = service_for(settings, NOW)
    service = app.extensions["xinshimin"]
    hours.prepare(service.engine, NOW)
    platform = Platform(app.test_client(), settings, int(NOW.timestamp()))
    chat = [platform.event(PERSON, "subscribe"), *(platform.say(PERSON, one) for one in TALK)]
    place = region().townships[0]
    day = (NOW + timedelta(days=1)).strftime("%-m月%-d日")
    wish = ("预约", f"{place.name} {day}上午9点", "核对积分", "约，不用提醒", "我的预约")
    booking = [platform.say(PERSON, one) for one in wish]
    with reading(service.engine) as connection:
        booking += [row.state for row in connection.execute(select(appointments))]
    visitor, person = Browser(app), signed_in(app, PERSON)
    rules = [f"/rules/{one.id}" for one in service.rules().categories()]
    open_to_all = ["/", "/rules", *rules, "/privacy", "/estimate"]
    pages = [text_of(visitor.get(path).get_data(as_text=True)) for path in open_to_all]
    pages += [
        text_of(person.get(path).get_data(as_text=True))
        for path in (
            "/appointments",
            "/appointments?move=1",
            f"/appointments/{place.id}",
            "/my-data",
        )
    ]
    with writing(service.engine) as connection:
        clerk = members.add(connection, "boss", "Boss", "administrator", None, "x", NOW)
        members.change(connection, clerk, must_change_password=False)
        token = sessions.start(connection, clerk, True, NOW)
    console = Browser(app)
    console.sign_in_with(token)
    console_pages = ("/staff/", f"/staff/sites/{place.id}", "/staff/hours", "/staff/rules")
    staff = [text_of(console.get(path).get_data(as_text=True)) for path in console_pages]
    told = {"chat": chat, "booking": booking, "pages": pages, "staff": staff}
    return told | {"faults": [str(one) for one in faq.check_claims(service.rules(), NOW.date())]}


if __name__ == "__main__":
    print(json.dumps(walk(sys.argv[1], Path(sys.argv[2])), ensure_ascii=False))
