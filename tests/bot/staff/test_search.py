"""Anyone is found on any day by code, name or telephone; a number booked twice is seen."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, update

from bot import migrations
from bot.booking import counter, search
from bot.booking.tables import appointments
from bot.database import reading, writing
from bot.staff.counter import look_ups
from tests.bot.setting_up import NOW
from tests.bot.staff.office import DAY, TODAY, Office, kept, open_and_book, text

TUESDAY = TODAY + timedelta(days=1)
LIU = {"name": "刘 晓梅", "phone": "13900001234"}


@pytest.fixture
def tuesday(office: Office, booked: list[int]) -> int:
    """The number of an appointment of tomorrow."""
    return book(office.service.engine, "oubei", **LIU)


def book(engine: Engine, site: str, **who: str) -> int:
    with writing(engine) as connection:
        slot = counter.slots_of_day(connection, site, TUESDAY)[0].id
        return counter.book_for(connection, slot, "review", NOW, **who) or 0


def find(office: Office, who: str, account: str = "clerk", path: str = f"{DAY}/find") -> str:
    return text(office.browser(account).post(path, {"who": who, "day": str(TODAY)}))


def test_other_days_are_searched_by_the_whole_code_name_or_number(
    office: Office, tuesday: int
) -> None:
    link = f"/staff/sites/oubei/appointments/{tuesday}"
    code = kept(office, tuesday).code
    for who in (code, "刘晓梅", "刘　晓梅", "13900001234", "139 0000 1234", "1234"):
        assert link in find(office, who), who
    for who in ("晓梅", "刘", "001234", "139000012345"):  # parts, on its own day alone
        assert link not in find(office, who), who
    page = text(office.browser("clerk").post(f"{DAY}/find", {"who": "晓梅", "day": str(TUESDAY)}))
    assert link in page
    assert "整个姓名" in page


def test_a_clerk_finds_at_the_own_window_and_the_county_everywhere(
    office: Office, tuesday: int
) -> None:
    open_and_book(office.service.engine, "huangtian")
    other = book(office.service.engine, "huangtian", **LIU)
    theirs = f"/staff/sites/huangtian/appointments/{other}"
    assert theirs not in find(office, "刘晓梅")
    everywhere = find(office, "刘晓梅", "desk", "/staff/find")
    assert theirs in everywhere
    assert f"/staff/sites/oubei/appointments/{tuesday}" in everywhere
    assert "刘晓梅" not in everywhere.replace('value="刘晓梅"', "")
    assert office.browser("clerk").post("/staff/find", {"who": "刘晓梅"}).status_code == 403


def test_who_was_called_off_or_blanked_is_not_found(office: Office, tuesday: int) -> None:
    with writing(office.service.engine) as connection:
        counter.call_off(connection, tuesday, "停电", NOW)
    assert "/appointments/" not in find(office, "刘晓梅", "desk", "/staff/find")


def test_a_search_of_all_days_counts_like_any_other(office: Office, tuesday: int) -> None:
    desk = office.browser("desk")
    for _ in range(look_ups.PEOPLE.most):
        desk.post("/staff/find", {"who": "刘晓梅"})
    refused = desk.post("/staff/find", {"who": "刘晓梅"})
    assert refused.status_code == 429
    assert "请等一分钟再查" in text(refused)
    assert 'value="刘晓梅"' in text(refused)
    assert not any("刘" in str(entry.detail) for entry in office.trail("find"))


def test_a_number_that_is_booked_twice_is_said_where_it_is_seen(
    office: Office, tuesday: int
) -> None:
    open_and_book(office.service.engine, "huangtian")
    other = book(office.service.engine, "huangtian", name="刘晓梅", phone=LIU["phone"])
    page = text(office.browser("clerk").get(f"{DAY}/appointments/{tuesday}"))
    assert "这个电话还约了" in page
    assert f"appointments/{other}" not in page  # another window's
    assert f"appointments/{other}" in text(
        office.browser("desk").get(f"{DAY}/appointments/{tuesday}")
    )
    day = text(office.browser("clerk").get(f"{DAY}?day={TUESDAY}"))
    assert day.count("这个电话约了几次") == 1
    with writing(office.service.engine) as connection:
        counter.call_off(connection, other, "停电", NOW)
    assert "这个电话还约了" not in text(
        office.browser("clerk").get(f"{DAY}/appointments/{tuesday}")
    )


def test_names_from_before_are_found_after_the_update(engine: Engine) -> None:
    """Sealed by the version before, which kept no hash of them."""
    made = open_and_book(engine)
    with writing(engine) as connection:
        connection.execute(update(appointments).values(name_index=None))
    migrations.downgrade(engine, "0020")
    migrations.upgrade(engine)
    with reading(engine) as connection:
        assert [row.id for row in search.found(connection, "李四", None)] == [made[1]]
