import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.booking.changes import affected
from bot.booking.tables import closures, extra_days, sites, slots, special_days, weekly_rules
from bot.database import reading, writing
from tests.bot.staff.office import Office

CLOSE = {
    "kind": "add_closure",
    "site": "oubei",
    "from": "oubei",
    "first_day": "2026-11-23",
    "reason": "停电",
}
WEEKLY = {
    "kind": "add_weekly", "site": "oubei", "from": "oubei", "weekday": "3", "opens": "09:00",
    "closes": "11:00", "slot_minutes": "30", "capacity": "2", "walk_in_percent": "0",
    "window": "1", "starts_on": "2026-11-23", "every_weeks": "1",
}  # fmt: skip

END = {"kind": "end_weekly", "site": "oubei", "from": "oubei", "last_day": "2026-11-30"}


def rows(office: Office, query: Any) -> list[Any]:
    with reading(office.service.engine) as connection:
        return list(connection.execute(query))


def test_the_dry_run_names_whom_it_hits_and_changes_nothing(
    office: Office, booked: list[int]
) -> None:
    office.watch.wait(hours=-2)  # everybody is still to come
    browser = office.browser("desk")
    page = browser.post("/staff/hours/preview", CLOSE).get_data(as_text=True)
    assert "4</strong>个预约会受影响" in page
    assert "张**" in page
    assert "张三丰" not in page
    assert rows(office, select(closures.c.id)) == []
    assert all(row.open for row in rows(office, select(slots.c.open)))
    assert office.trail("add_closure") == []


def test_carrying_it_out_keeps_the_appointments_and_lists_them(
    office: Office, booked: list[int]
) -> None:
    office.watch.wait(hours=-2)
    browser = office.browser("desk")
    browser.post("/staff/hours/apply", CLOSE)
    with reading(office.service.engine) as connection:
        assert len(affected(connection, office.watch())) == 4
    assert len(office.trail("add_closure")) == 1
    page = office.browser("clerk").get("/staff/affected").get_data(as_text=True)
    assert page.count("已联系好</button>") == 4
    closure = rows(office, select(closures.c.id))[0].id
    fields = {"kind": "remove_closure", "id": closure, "from": "oubei"}
    assert "会恢复" in browser.post("/staff/hours/preview", fields).get_data(as_text=True)
    browser.post("/staff/hours/apply", fields)
    with reading(office.service.engine) as connection:
        assert affected(connection, office.watch()) == ()


def test_weekly_hours_are_added_and_ended(office: Office, booked: list[int]) -> None:
    browser = office.browser("desk")
    browser.post("/staff/hours/apply", WEEKLY)
    rule = rows(office, select(weekly_rules).where(weekly_rules.c.weekday == 3))[0]
    assert (rule.site, rule.capacity) == ("oubei", 2)
    fields = END | {"id": rule.id}
    browser.post("/staff/hours/apply", fields)
    ended = rows(office, select(weekly_rules).where(weekly_rules.c.id == rule.id))[0]
    assert str(ended.ends_on) == "2026-11-30"
    assert "周三" in browser.get("/staff/hours/oubei").get_data(as_text=True)


def test_the_same_hours_on_several_weekdays_are_one_change(
    office: Office, booked: list[int]
) -> None:
    browser = office.browser("desk")
    several = [(n, text) for n, text in WEEKLY.items() if n != "weekday"]
    several += [("weekday", day) for day in "5334"]
    page = browser.post("/staff/hours/preview", several).get_data(as_text=True)
    assert "星期 周三、周四、周五" in page
    assert page.count('name="weekday"') == 4
    browser.post("/staff/hours/apply", several)
    (entry,) = office.trail("add_hours")
    assert json.loads(entry.detail)["weekday"] == [3, 4, 5]
    page = browser.get("/staff/hours/oubei").get_data(as_text=True)
    assert 'data-name="星期">周三、周四、周五</td>' in page
    added = rows(office, select(weekly_rules).where(weekly_rules.c.weekday.between(3, 5)))
    two = list(END.items()) + [("id", str(rule.id)) for rule in added[:2]]
    browser.post("/staff/hours/apply", two)
    ended = select(weekly_rules.c.weekday).where(weekly_rules.c.ends_on == date(2026, 11, 30))
    assert rows(office, ended) == [(3,), (4,)]
    (entry,) = office.trail("end_hours")
    assert json.loads(entry.detail)["weekday"] == [3, 4]
    endless = list(END.items()) + [("id", str(number)) for number in range(1, 30)]
    browser.post("/staff/hours/apply", endless)
    assert "没有改成" in browser.get("/staff/hours/oubei").get_data(as_text=True)


def test_what_is_taken_away_is_named_before_and_in_the_trail(
    office: Office, booked: list[int]
) -> None:
    """The row is gone afterwards, and its number says nothing to anybody."""
    browser = office.browser("boss")
    browser.post("/staff/hours/apply", CLOSE | {"opens": "10:00", "last_day": "2026-11-24"})
    browser.post("/staff/hours/apply", EXTRA)
    for kind, table, told in (
        ("remove_closure", closures, "从哪天 2026-11-23，到哪天 2026-11-24，几点起停 10:00"),
        ("remove_extra_day", extra_days, "哪天 2026-11-28"),
    ):
        fields = {"kind": kind, "from": "oubei", "id": rows(office, select(table.c.id))[0].id}
        assert told in browser.post("/staff/hours/preview", fields).get_data(as_text=True)
        browser.post("/staff/hours/apply", fields)
        trail = browser.get(f"/staff/trail?action={kind}").get_data(as_text=True)
        assert told in trail
        assert "停电" not in trail


def test_whoever_changed_something_is_led_to_those_it_hit(
    office: Office, booked: list[int]
) -> None:
    office.watch.wait(hours=-2)
    browser = office.browser("desk")
    page = browser.post("/staff/hours/preview", CLOSE).get_data(as_text=True)
    assert page.index("确定改") < page.index("会受影响的预约</caption>")
    browser.post("/staff/hours/apply", CLOSE)
    page = browser.get("/staff/hours/oubei").get_data(as_text=True)
    assert '有 4 个预约受影响，<a href="/staff/affected">' in page
    lifted = {"kind": "remove_closure", "from": "oubei"}
    lifted |= {"id": rows(office, select(closures.c.id))[0].id}
    page = browser.post("/staff/hours/preview", lifted).get_data(as_text=True)
    assert page.partition("会恢复的预约</caption>")[2].count('data-name="签到码"') == 4
    assert "没有人受影响" not in page


@pytest.mark.parametrize(
    "fields",
    [
        CLOSE | {"reason": ""},
        CLOSE | {"first_day": "yesterday"},
        CLOSE | {"last_day": "2026-11-22"},
        WEEKLY | {"weekday": "8"},
        {name: text for name, text in WEEKLY.items() if name != "weekday"},
        END,
        END | {"id": "99999"},
        END | {"id": "0"},
        WEEKLY | {"closes": "08:00"},
        WEEKLY | {"capacity": "0"},
        WEEKLY | {"walk_in_percent": "101"},
        {"kind": "remove_closure", "id": "x"},
        {"kind": "set_holiday", "day": "2026-12-01", "name": ""},
        {"kind": "nothing"},
        CLOSE | {"closes": "10:00+08:00"},
        CLOSE | {"first_day": "0001-01-01"},
        WEEKLY | {"site": ""},
        {"kind": "set_reach", "site": "", "lead_minutes": "60", "horizon_days": "7"},
        {"kind": "remove_closure", "id": "99999"},
        {"kind": "remove_holiday", "day": "2026-12-01"},
        {"kind": "confirm_year", "year": "1"},
    ],
)
def test_what_is_no_change_is_said_plainly(office: Office, fields: dict[str, str]) -> None:
    browser = office.browser("desk")
    for step in ("preview", "apply"):
        answer = browser.post(f"/staff/hours/{step}", fields)
        assert answer.status_code in (302, 400)
        page = answer if answer.status_code == 400 else browser.get("/staff/hours")
        assert "没有改成" in page.get_data(as_text=True)
    assert rows(office, select(closures.c.id)) == []


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        (WEEKLY | {"closes": "08:00", "window": "大厅"}, "关门要晚于开门"),
        (CLOSE | {"reason": "", "opens": "09:15"}, "请写原因"),
        ({"kind": "set_holiday", "day": "2026-12-01", "name": "", "working": "1"}, "请写名称"),
    ],
)
def test_what_was_typed_comes_back_with_what_is_wrong(
    office: Office, fields: dict[str, str], wrong: str
) -> None:
    browser = office.browser("desk")
    page = browser.post("/staff/hours/preview", fields).get_data(as_text=True)
    form = page[page.index(f'id="{fields["kind"]}"') :].partition("</form>")[0]
    assert wrong in form
    for name, text in fields.items():
        if name not in ("site", "from"):
            assert f'value="{text}"' in form, name
    marks = {"weekday": 'value="{}" checked', "working": '<option value="{}" selected>'}
    assert all(mark.format(fields[name]) in form for name, mark in marks.items() if name in fields)


def test_a_change_for_an_unknown_site_is_refused(office: Office) -> None:
    browser = office.browser("desk")
    assert browser.post("/staff/hours/apply", WEEKLY | {"site": "nowhere"}).status_code == 404
    no_site = {name: text for name, text in WEEKLY.items() if name != "site"}
    assert browser.post("/staff/hours/apply", no_site).status_code in (302, 400)


def test_holidays_can_be_set_and_taken_away(office: Office, booked: list[int]) -> None:
    browser = office.browser("desk")
    day = {"kind": "set_holiday", "day": "2026-12-01", "name": "县里停水", "working": "0"}
    browser.post("/staff/hours/apply", day)
    kept = select(special_days).where(special_days.c.name == "县里停水")
    assert rows(office, kept)[0].edited
    browser.post("/staff/hours/apply", {"kind": "remove_holiday", "day": "2026-12-01"})
    assert rows(office, kept) == []
    assert len(office.trail("change_holiday")) == 2


def test_reach_and_details_of_a_site(office: Office) -> None:
    browser = office.browser("desk")
    reach = {"kind": "set_reach", "site": "oubei", "lead_minutes": "60", "horizon_days": "7"}
    browser.post("/staff/hours/apply", reach)
    details = {"address": "某路 1 号", "telephone": "0577-1", "latitude": "28.1", "longitude": ""}
    browser.post("/staff/hours/oubei/details", details)
    site = rows(office, select(sites).where(sites.c.id == "oubei"))[0]
    assert (site.lead_minutes, site.horizon_days, site.address) == (60, 7, "某路 1 号")
    assert (site.latitude, site.longitude) == (28.1, None)
    assert len(office.trail("change_site")) == 1


@pytest.mark.parametrize("longitude", ["x", "inf", "nan", "181"])
def test_a_place_off_the_map_is_not_stored(office: Office, longitude: str) -> None:
    browser = office.browser("desk")
    typed = {"address": "某路 1 号", "latitude": "28.1", "longitude": longitude}
    answer = browser.post("/staff/hours/oubei/details", typed)
    form = answer.get_data(as_text=True).partition('id="details"')[2].partition("</form>")[0]
    assert answer.status_code == 400
    assert "没有存" in form
    assert all(f'value="{text}"' in form for text in typed.values())
    site = rows(office, select(sites).where(sites.c.id == "oubei"))[0]
    assert (site.latitude, site.longitude) == (None, None)


def test_sample_hours_stay_marked_until_the_office_says_they_are_its_own(office: Office) -> None:
    with writing(office.service.engine) as connection:
        connection.execute(update(sites).values(sample=True))
    browser = office.browser("desk")
    mark = select(sites.c.sample).where(sites.c.id == "oubei")
    browser.post("/staff/hours/oubei/details", {"address": "某路 1 号"})
    assert rows(office, mark) == [(True,)]
    browser.post("/staff/hours/apply", {"kind": "own_hours", "site": "oubei", "from": "oubei"})
    assert rows(office, mark) == [(False,)]


def test_a_year_opens_only_when_the_office_says_that_it_is_complete(
    office: Office, booked: list[int]
) -> None:
    office.watch.now = office.watch.now.replace(month=12, day=28)
    browser = office.browser("desk")
    holiday = {"kind": "set_holiday", "day": "2027-01-01", "name": "元旦", "working": "0"}
    browser.post("/staff/hours/apply", holiday)
    next_year = select(slots.c.id).where(slots.c.day >= date(2027, 1, 1))
    assert rows(office, next_year) == []
    assert "已录全" in browser.get("/staff/hours").get_data(as_text=True)
    browser.post("/staff/hours/apply", {"kind": "confirm_year", "year": "2027"})
    assert rows(office, next_year) != []
    assert "已录全" not in browser.get("/staff/hours").get_data(as_text=True)


COUNTY = CLOSE | {"site": "", "from": ""}
EXTRA = WEEKLY | {"kind": "add_extra_day", "day": "2026-11-28"}


@pytest.mark.parametrize(
    ("fields", "table"), [(COUNTY, closures), (WEEKLY, weekly_rules), (EXTRA, extra_days)]
)
def test_a_change_sent_twice_stands_once(
    office: Office, fields: dict[str, str], table: Any
) -> None:
    """By a browser without script. Later, or by a colleague, the same once more is meant."""
    for account, minutes, expected in (
        ("desk", 0, 1),
        ("desk", 0, 1),
        ("boss", 0, 2),
        ("desk", 2, 3),
    ):
        browser = office.browser(account)
        office.watch.wait(minutes=minutes)
        browser.post("/staff/hours/apply", fields)
        page = browser.get("/staff/hours").get_data(as_text=True)
        assert "改好了" in page
        assert len(rows(office, select(table.c.id))) == expected


def test_what_is_taken_back_and_entered_again_counts(office: Office) -> None:
    browser = office.browser("desk")
    for _ in range(2):
        browser.post("/staff/hours/apply", CLOSE)
        (closure,) = rows(office, select(closures.c.id))
        gone = {"kind": "remove_closure", "id": closure.id, "from": "oubei"}
        for _tapped_twice in range(2):
            browser.post("/staff/hours/apply", gone)
            assert "没有改成" not in browser.get("/staff/hours/oubei").get_data(as_text=True)
    assert len(office.trail("add_closure")) == len(office.trail("remove_closure")) == 2


def test_one_window_is_closed_alone(office: Office, booked: list[int]) -> None:
    browser = office.browser("desk")
    office.watch.wait(hours=-2)
    browser.post("/staff/hours/apply", CLOSE | {"window": "2"})
    assert all(row.open for row in rows(office, select(slots.c.open)))
    browser.post("/staff/hours/apply", CLOSE | {"window": "1"})
    today = select(slots.c.open).where(slots.c.day == office.watch().date())
    assert not any(row.open for row in rows(office, today))


def test_what_was_typed_is_kept_apart_in_the_trail(office: Office, booked: list[int]) -> None:
    browser = office.browser("boss")
    browser.get("/staff/password")
    typed = "张三丰 13812345678"
    sent = (
        WEEKLY | {"window": "张三丰"},
        CLOSE | {"reason": typed, "window": "张三丰"},
        {"kind": "set_holiday", "day": "2026-12-01", "name": "张三丰"},
    )
    for fields in sent:
        browser.post("/staff/hours/apply", fields)
    browser.post("/staff/hours/oubei/details", {"address": typed, "telephone": typed})
    actions = ("add_closure", "add_hours", "change_holiday", "change_site")
    for entry in (office.trail(action)[-1] for action in actions):
        assert "张三丰" not in entry.detail
        assert "张三丰" in entry.personal
    page = browser.get("/staff/trail").get_data(as_text=True)
    assert "从哪天 2026-11-23" in page
    assert "原因 张三丰" in page
    assert "受影响的预约 0" in page
    assert "开门 09:00，" in page
    for name in ("first_day", "add_", "every_weeks", "None", "AddClosure"):
        assert name not in page.partition("<tbody>")[2], name
