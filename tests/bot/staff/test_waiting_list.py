"""Who waits for a place is visible at their window: in the order of the line, masked."""

import re
from datetime import timedelta

from sqlalchemy import update

from bot.booking import waiting
from bot.booking.tables import notices, slots, waiting_entries
from bot.database import writing
from tests.bot.staff.office import Office, open_and_book, text

LIST = "/staff/waiting-list"


def line(office: Office, *people: str, site: str = "oubei") -> None:
    """They join a minute apart."""
    for person in people:
        with writing(office.service.engine) as connection:
            waiting.join(connection, person, site, office.watch())
        office.watch.wait(minutes=1)


def full(office: Office) -> None:
    with writing(office.service.engine) as connection:
        connection.execute(update(slots).values(taken=slots.c.bookable))


def column(page: str, name: str) -> list[str]:
    cells = re.findall(f'data-name="{name}"[^>]*>(.*?)</td>', page)
    return [re.sub("<[^>]*>", "", cell) for cell in cells]


def test_the_line_stands_in_its_order_and_without_names(office: Office, booked: list[int]) -> None:
    full(office)
    line(office, "oAnna-openid", "oBerta-openid")
    page = text(office.browser("clerk").get(LIST))
    assert "2 个人在等" in page
    assert column(page, "第几位") == ["1", "2"]
    assert column(page, "现在") == ["在等", "在等"]
    assert column(page, "想约哪天") == ["2026-11-23 到 2026-12-07"] * 2  # 14 days ahead
    assert column(page, "从什么时候等") == ["2026-11-23 10:00", "2026-11-23 10:01"]
    assert "openid" not in page


def test_an_offer_stands_there_with_what_became_of_its_notice(
    office: Office, booked: list[int]
) -> None:
    full(office)
    line(office, "oAnna-openid", "oBerta-openid")
    with writing(office.service.engine) as connection:
        tomorrow = (office.watch() + timedelta(days=1)).date()
        one = slots.select().where(slots.c.day == tomorrow).order_by(slots.c.starts_at).limit(1)
        slot = connection.execute(one).one()
        free = update(slots).where(slots.c.id == slot.id).values(taken=slots.c.bookable - 1)
        connection.execute(free)
        assert waiting.offer(connection, slot.id, office.watch()) == 1
        connection.execute(update(notices).values(state="refused", error="no consent"))
    now = column(text(office.browser("clerk").get(LIST)), "现在")
    assert now[0].startswith(
        "留着 2026年11月24日 08:30，到 2026年11月23日 11:02；没送到"
    )  # an hour
    assert "请打电话" not in now[0]  # nobody has their number
    assert now[1] == "在等"


def test_an_offer_nobody_heard_of_is_told(office: Office, booked: list[int]) -> None:
    full(office)
    line(office, "oAnna-openid")
    with writing(office.service.engine) as connection:
        waited = update(waiting_entries).values(unheard_at=office.watch())
        connection.execute(waited)
    page = text(office.browser("clerk").get(LIST))
    assert column(page, "现在") == ["有过空位，没通知到；本人再来看时，先问"]


def test_a_clerk_sees_the_line_of_their_own_window(office: Office, booked: list[int]) -> None:
    open_and_book(office.service.engine, "huangtian")
    full(office)
    line(office, "oAnna-openid", site="huangtian")
    assert "没有人在排队" in text(office.browser("clerk").get(LIST))
    assert "黄田" in text(office.browser("desk").get(LIST))
