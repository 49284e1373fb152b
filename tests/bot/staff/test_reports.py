import csv
import io
import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import insert, update

from bot.booking.aftermath import unsettled
from bot.booking.sweep import sweep
from bot.booking.tables import appointments, slots
from bot.database import reading, writing
from bot.models import ConversationRow
from bot.models.review import Review
from bot.sealing.column import of_row
from bot.staff.reports import charts, spreadsheet
from bot.staff.reports.catalogue import REPORTS, of_all, read
from bot.staff.reports.rows import Span
from bot.staff.reports.talks import LATEST, TALKS
from bot.staff.reports.views import labels
from bot.worksheets import VERIFIED, Line, kept_lines
from scoring import load_ruleset
from tests.bot.setting_up import NOW
from tests.bot.staff.office import Office, open_and_book, text
from tests.bot.talks import know_a_missing_key
from tests.bot.web import talked

SPAN = Span(date(2026, 11, 1), date(2026, 11, 30), load_ruleset("yongjia-2022"))


def rows(office: Office, name: str) -> list[tuple[object, ...]]:
    with reading(office.service.engine) as connection:
        return read(connection, SPAN, (name,))[name]


def stopped(office: Office, person: str, question: str) -> None:
    state = {"facts": {}, "waiting": [{"flow": "questionnaire", "state": {"at": question}}]}
    row = {"person": person, "version": 1, "created_at": NOW, "seen_at": NOW}
    with writing(office.service.engine) as connection:
        talk = of_row(person, json.dumps(state))
        connection.execute(insert(ConversationRow).values(talk=talk, **row))


def test_bookings_against_places(office: Office, booked: list[int]) -> None:
    # Monday and Tuesday, 8:30 to 11:30 in half hours of four: today's six slots and those ahead
    site, count, places = rows(office, "bookings")[0]
    assert (site, count) == ("瓯北街道", 4)
    assert isinstance(places, int)
    assert places % 24 == 0


def test_waiting_and_no_shows(office: Office, booked: list[int]) -> None:
    browser = office.browser("clerk")
    browser.get("/staff/sites/oubei")
    step = "/staff/sites/oubei/appointments/{}/step"
    browser.post(step.format(booked[0]), {"state": "arrived"})
    office.watch.wait(minutes=12)
    for number, state in ((0, "serving"), (0, "served"), (1, "missed")):
        browser.post(step.format(booked[number]), {"state": state})
    assert rows(office, "waiting") == [("瓯北街道", 12.0, 1)]
    assert rows(office, "no_shows") == [("瓯北街道", 1, 2)]


def test_who_checked_in_and_was_never_finished_did_come(office: Office, booked: list[int]) -> None:
    """The day ends with four of them: here, being served, sent back, and not seen at all."""
    browser = office.browser("clerk")
    browser.get("/staff/sites/oubei")
    steps = ((0, "arrived"), (1, "arrived"), (1, "serving"), (2, "arrived"), (2, "booked"))
    for number, state in steps:
        path = f"/staff/sites/oubei/appointments/{booked[number]}/step"
        assert browser.post(path, {"state": state}).status_code == 302
    closed = update(slots).where(slots.c.day == NOW.date())
    with writing(office.service.engine) as connection:
        connection.execute(closed.values(open=False))
    sweep(office.service.engine, NOW + timedelta(days=1))
    assert rows(office, "no_shows") == [("瓯北街道", 2, 4)]
    with reading(office.service.engine) as connection:
        assert {row.id for row in unsettled(connection)} == {booked[2], booked[3]}
    page = text(browser.get(f"/staff/sites/oubei?day={NOW.date()}"))
    assert page.count("来了，没登记办完") == 2
    assert page.count("没有登记") == 3  # of two, and once in the figures of the day


def test_estimates_by_band_and_where_people_stop(office: Office) -> None:
    talked(office.service, "oOne")  # 66
    talked(office.service, "oTwo", education="bachelor")  # 68
    talked(office.service, "oThree", skill="none", residence_months=0)  # 45.5
    for person in ("a", "b"):
        stopped(office, person, "county")
    stopped(office, "c", "birth")
    assert rows(office, "bands") == [("0～19", 0), ("20～39", 0), ("40～59", 1), ("60～79", 2)]
    assert rows(office, "leaving") == [("出生年月", 1), ("县里的加分", 2)]


def test_estimate_against_verified_by_item(office: Office, booked: list[int]) -> None:
    talked(office.service, "oOne")
    with writing(office.service.engine) as connection:
        mine = update(appointments).where(appointments.c.id == booked[0])
        connection.execute(mine.values(person="oOne", name=None, phone=None, state="arrived"))
    browser = office.browser("clerk")
    address = f"/staff/sites/oubei/appointments/{booked[0]}/review"
    browser.get(address)
    fields = {
        "verified-social_insurance": "21",
        "result-social_insurance_months": "changed",
        "reason-social_insurance_months": "0.5",
        "send": "all",
    }
    browser.post(address, fields)
    found = {row[0]: row[1:] for row in rows(office, "differences")}
    assert found["缴纳社会保险"] == (21.0, 10.5, 1)
    assert found["年龄"] == (20.0, 20.0, 1)


def test_what_looks_at_the_latest_talks_only_says_so() -> None:
    about = [labels()[name]["about"] for name in ("bands", "leaving")]
    assert all(f"只数最近用过的 {LATEST} 人" in text for text in about)


def test_every_report_has_its_words_and_its_chart(office: Office, booked: list[int]) -> None:
    assert set(labels()) == set(REPORTS)
    talked(office.service, "oOne")
    browser = office.browser("desk")
    work = browser.get("/staff/reports").get_data(as_text=True)
    assert work.count("<svg") == 4  # bookings; by hour, purpose, window: nobody has come yet
    talks = browser.get("/staff/reports/talks").get_data(as_text=True)
    assert talks.count("<svg") == 1  # bands
    assert "oOne" not in work + talks


def test_a_report_as_a_file_is_noted(office: Office, booked: list[int]) -> None:
    browser = office.browser("desk")
    browser.get("/staff/reports")
    answer = browser.post("/staff/reports/bookings.csv", {"first": "2026-11-01"})
    table = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert table[0] == ["窗口", "预约", "名额"]
    assert table[1][:2] == ["瓯北街道", "4"]
    assert 'filename="bookings-2026-11-01-2026-11-23.csv"' in answer.headers["Content-Disposition"]
    assert [entry.target for entry in office.trail("export")] == ["bookings"]
    trail = office.browser("boss").get("/staff/trail").get_data(as_text=True)
    assert 'data-name="对象">预约和名额</td>' in trail


def test_talks_and_worksheets_count_in_their_own_days(office: Office, booked: list[int]) -> None:
    talked(office.service, "oOne")
    stopped(office, "a", "county")
    before = Span(date(2026, 10, 1), date(2026, 10, 31), SPAN.rules)
    line = Line("age", Decimal(20), verified=Decimal(20), result=VERIFIED)
    with writing(office.service.engine) as connection:
        connection.execute(
            insert(Review).values(
                id=1, appointment=booked[0], site="oubei", ruleset="yongjia-2022", account="clerk",
                started_at=NOW, sent_at=NOW, lines=kept_lines(1, [line]),
            )
        )  # fmt: skip
        for name in ("bands", "leaving", "differences"):
            assert TALKS[name](connection, SPAN), name
            assert not TALKS[name](connection, before), name


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "x", ""])
def test_any_day_can_be_asked_for(office: Office, day: str) -> None:
    talked(office.service, "oOne")
    browser = office.browser("desk")
    for query in (f"last={day}", f"first={day}", f"first={day}&last={day}"):
        for page in ("/staff/reports", "/staff/reports/talks"):
            assert browser.get(f"{page}?{query}").status_code == 200


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "  =1", "＝1"])
def test_no_cell_is_run_as_a_formula(text: str) -> None:
    assert spreadsheet.cell(text) == f"'{text}"


@pytest.mark.parametrize("value", [-3, 2.5, "x", "", None])
def test_numbers_and_plain_words_stay_as_they_are(value: object) -> None:
    assert spreadsheet.cell(value) == ("" if value is None else str(value))


def test_bars_are_drawn_to_the_largest() -> None:
    drawn = charts.bars("t", [("a", 5, 10), ("b", 0, None)])
    full = charts.WIDTH - drawn.label - charts.GAP - charts.width("5 / 10")
    assert [(bar.part, bar.whole) for bar in drawn.bars] == [(full / 2, full), (0, 0)]
    assert charts.bars("t", []).bars == ()


def test_a_long_figure_has_room_beside_its_bar() -> None:
    for draw, figure in ((charts.bars, "20000 / 92000"), (charts.shares, "22%，20000 / 92000")):
        drawn = draw("t", [("一个很长很长的指标", 20000, 92000)])
        (bar,) = drawn.bars
        assert bar.figure == figure
        assert drawn.label + bar.whole + charts.width(figure) <= charts.WIDTH


def test_shares_are_drawn_each_to_its_own_whole() -> None:
    """A township of forty places stands beside one of sixteen thousand."""
    small, large, nothing, over = charts.shares(
        "t", [("a", 10, 40), ("b", 8000, 16000), ("c", 0, 0), ("d", 6, 4)]
    ).bars
    assert small.whole == large.whole == over.part
    assert (small.part, large.part) == (round(small.whole / 4, 1), round(large.whole / 2, 1))
    assert (nothing.part, nothing.whole, nothing.figure) == (0, 0, "0")
    assert over.figure == "150%，6 / 4"


def test_the_whole_county_stands_in_front_on_the_page_only(
    office: Office, booked: list[int]
) -> None:
    open_and_book(office.service.engine, "huangtian")
    browser = office.browser("desk")
    page = browser.get("/staff/reports").get_data(as_text=True)
    assert "全县</td>" in page
    assert page.index("全县</td>") < page.index("瓯北街道</td>")
    file = browser.post("/staff/reports/bookings.csv").get_data().decode("utf-8-sig")
    assert "瓯北街道,4," in file
    assert "全县" not in file
    assert of_all("bookings", [("a", 3, 5), ("b", 1, 7)]) == (4, 12)
    assert of_all("waiting", [("a", 10.0, 1), ("b", 20.0, 3)]) == (17.5, 4)


def test_what_does_not_open_is_counted_and_stops_no_report(
    office: Office, booked: list[int]
) -> None:
    """A damaged text, one whose key is unknown, and one that is not sealed."""
    for person in ("oOne", "oTwo", "oThree", "oFour"):
        talked(office.service, person)
    line = Line("age", Decimal(20), verified=Decimal(20), result=VERIFIED)
    review = {"site": "oubei", "ruleset": "yongjia-2022", "account": "clerk", "started_at": NOW}
    with writing(office.service.engine) as connection:
        for id in (1, 2):
            values = {"id": id, "appointment": booked[id], "lines": kept_lines(id, [line])}
            connection.execute(insert(Review).values(values | review | {"sent_at": NOW}))
        know_a_missing_key(connection)
        for statement in (
            "UPDATE conversations SET talk = substr(talk, 1, 60) WHERE person = 'oTwo'",
            "UPDATE conversations SET talk = 's1.00000000' || substr(talk, 12)"
            " WHERE person = 'oThree'",
            "UPDATE conversations SET talk = '{}' WHERE person = 'oFour'",
            "UPDATE reviews SET lines = substr(lines, 1, 60) WHERE id = 2",
        ):
            connection.exec_driver_sql(statement)
    assert rows(office, "bands")[-1] == ("60～79", 1)
    assert [row[3] for row in rows(office, "differences")] == [1]
    browser = office.browser("desk")
    page = browser.get("/staff/reports/talks").get_data(as_text=True)
    assert page.count("有 3 个人的回答读不出，没有算进来。") == 2  # bands, leaving
    assert page.count("有 1 份复核单读不出，没有算进来。") == 1
    answer = browser.post("/staff/reports/differences.csv", {"first": "2026-11-01"})
    assert "有 1 份复核单读不出" in answer.get_data().decode("utf-8-sig")


def test_reports_of_talks_stand_for_ten_minutes(office: Office) -> None:
    talked(office.service, "oOne")
    desk = office.browser("desk")

    def people() -> int:
        page = text(desk.get("/staff/reports/talks"))
        return int(page.partition("60～79</td>")[2].partition('">')[2].partition("<")[0])

    assert people() == 1
    talked(office.service, "oTwo")
    office.watch.wait(minutes=9)
    assert people() == 1
    assert "10:00 算的" in text(desk.get("/staff/reports/talks"))
    office.watch.wait(minutes=1)
    assert people() == 2
    assert "10:10 算的" in text(desk.get("/staff/reports/talks"))
