"""What the windows did, by hour, purpose, window and clerk; counted by day, and as a workbook."""

import io
import zipfile
from datetime import date, datetime, time, timedelta
from xml.etree import ElementTree

import pytest
from sqlalchemy import Engine, insert, select, update
from sqlmodel import SQLModel

from bot.booking import work_figures
from bot.booking.appointments import close_all_past
from bot.booking.tables import appointments, slots
from bot.booking.transitions import settle
from bot.booking.work_figures import Figure, figures, recount
from bot.clock import ZONE
from bot.database import reading, writing
from bot.pace import Pace
from bot.staff.reports import workbook
from bot.staff.reports.catalogue import REPORTS, read
from bot.staff.reports.rows import Row, Span
from bot.staff.reports.views import labels
from scoring import load_ruleset
from tests.bot.setting_up import NOW
from tests.bot.staff.office import Office, hired, text

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)
STORED = SQLModel.metadata.tables["work_figures"]
# Day, window, hour, purpose, state, minutes waited, minutes served, clerk.
DONE = [
    (FRIDAY, "1", 9, "review", "served", 10, 20, "clerk"),
    (FRIDAY, "1", 9, "review", "served", 30, 10, "desk"),
    (FRIDAY, "2", 9, "papers", "missed", None, None, None),
    (FRIDAY, "10", 14, "review", "past", None, None, None),
    (FRIDAY, "2", 14, "review", "cancelled", None, None, None),
    (MONDAY, "2", 9, "review", "served", 2, 6, "clerk"),
    (MONDAY, "1", 10, "review", "booked", None, None, None),
]


def fill(engine: Engine) -> None:
    with writing(engine) as connection:
        for number, (day, window, hour, purpose, state, waits, takes, clerk) in enumerate(DONE, 1):
            starts = datetime.combine(day, time(hour), ZONE) + timedelta(minutes=number)
            slot = {"id": number, "site": "oubei", "window": window, "day": day, "open": True}
            slot |= {"starts_at": starts, "ends_at": starts + timedelta(minutes=30)}
            connection.execute(insert(slots).values(capacity=2, bookable=1, taken=1, **slot))
            row = {"id": number, "slot": number, "state": state, "code": f"{number:06}"}
            row |= {"purpose": purpose, "source": "chat", "created_at": NOW, "served_by": clerk}
            if waits is not None:
                began = starts + timedelta(minutes=waits)
                row |= {"arrived_at": starts, "serving_at": began}
                row |= {"ended_at": began + timedelta(minutes=takes or 0)}
            connection.execute(insert(appointments).values(reminders=False, **row))


def rows(engine: Engine, name: str, first: date = FRIDAY, last: date = MONDAY) -> list[Row]:
    span = Span(first, last, load_ruleset("yongjia-2022"))
    with reading(engine) as connection:
        return list(read(connection, span, (name,))[name])


EXPECTED = {
    # 9 o'clock: 4 of whom 1 stayed away; 10, 30 and 2 minutes waited: 14; 20, 10, 6 served: 12.
    "by_hour": [("09:00", 4, 1, 14.0, 12.0), ("10:00", 1, 0, None, None),
                ("14:00", 1, 1, None, None)],
    "by_window": [("瓯北街道 1", 3, 0, 20.0, 15.0), ("瓯北街道 2", 2, 1, 2.0, 6.0),
                  ("瓯北街道 10", 1, 1, None, None)],
    "by_clerk": [("Clerk", 2, 6.0, 13.0), ("Desk", 1, 30.0, 10.0)],
    "bookings": [("瓯北街道", 6, 14)],
    "waiting": [("瓯北街道", 14.0, 3)],
    "no_shows": [("瓯北街道", 2, 5)],
}  # fmt: skip


@pytest.mark.parametrize("counted", [False, True], ids=["not yet counted", "counted"])
def test_the_same_is_said_before_and_after_the_days_are_counted(
    engine: Engine, counted: bool
) -> None:
    hired(engine)
    fill(engine)
    if counted:
        assert recount(engine, NOW) == 1  # today goes on
    for name, expected in EXPECTED.items():
        assert rows(engine, name) == expected, name
    assert [row[:3] for row in rows(engine, "by_purpose")] == [
        ("核对积分", 5, 1), ("补交材料", 1, 1),
    ]  # fmt: skip
    assert rows(engine, "by_clerk", MONDAY) == [("Clerk", 1, 2.0, 6.0)]


def test_counted_days_are_not_read_again(engine: Engine) -> None:
    """Where the figures lie is seen by an appointment that changes behind their back."""
    fill(engine)
    recount(engine, NOW)
    with writing(engine) as connection:
        missed = update(appointments).where(appointments.c.id == 1)
        connection.execute(missed.values(state="missed", arrived_at=None, serving_at=None))
    assert recount(engine, NOW) == 0
    assert rows(engine, "no_shows") == [("瓯北街道", 2, 5)]


@pytest.mark.parametrize(
    ("number", "state", "no_shows"),
    [
        (1, "missed", [("瓯北街道", 3, 5)]),  # noted as served, and nobody came
        (3, "past", [("瓯北街道", 1, 5)]),  # noted as not come, and they came
        (4, "past", [("瓯北街道", 1, 5)]),  # closed by itself, and they came
    ],
)
def test_a_day_that_a_clerk_puts_right_is_counted_again(
    engine: Engine, number: int, state: str, no_shows: list[Row]
) -> None:
    fill(engine)
    recount(engine, NOW)
    with writing(engine) as connection:
        assert settle(connection, number, state, NOW, "desk")
    assert recount(engine, NOW) == 1
    assert rows(engine, "no_shows") == no_shows
    assert recount(engine, NOW) == 0


def test_a_day_is_counted_once_all_of_it_is_closed(engine: Engine) -> None:
    fill(engine)
    tomorrow = NOW + timedelta(days=1)
    assert recount(engine, tomorrow) == 1  # the Friday; on Monday one is still booked
    close_all_past(engine, tomorrow, Pace())
    assert recount(engine, tomorrow) == 1


def test_a_day_without_anybody_is_counted_once(engine: Engine) -> None:
    long_ago = NOW - timedelta(days=100)
    with writing(engine) as connection:
        slot = {"site": "oubei", "window": "1", "day": long_ago.date(), "open": True}
        slot |= {"starts_at": long_ago, "ends_at": long_ago + timedelta(hours=1)}
        connection.execute(insert(slots).values(capacity=2, bookable=1, taken=0, **slot))
    assert recount(engine, NOW) == 1
    assert recount(engine, NOW) == 0
    with reading(engine) as connection:
        counted = connection.scalars(select(STORED.c.kind).where(STORED.c.span == "day")).all()
        assert sorted(counted) == ["day", "window"]  # of nobody: 2 places
        assert figures(connection, long_ago.date(), MONDAY) == [Figure("window", "oubei", "1", 2)]


DAYS = [
    date(2026, 8, 31),
    date(2026, 9, 1),
    date(2026, 9, 30),
    date(2026, 10, 1),
    date(2026, 10, 31),
]


def test_whole_months_and_the_days_around_them_come_to_all_days(engine: Engine) -> None:
    """Each span says the same when its days are counted one by one as when months are added up."""
    with writing(engine) as connection:
        for number, day in enumerate(DAYS, 1):
            starts = datetime.combine(day, time(9), ZONE)
            slot = {"id": number, "site": "oubei", "window": "1", "day": day, "open": True}
            slot |= {"starts_at": starts, "ends_at": starts + timedelta(minutes=30)}
            connection.execute(insert(slots).values(capacity=10**number, bookable=1, **slot))
            row = {"id": number, "slot": number, "state": "booked", "code": f"{number:06}"}
            row |= {"purpose": "review", "source": "chat", "created_at": NOW}
            connection.execute(insert(appointments).values(reminders=False, **row))
    ends = {day + timedelta(days=n) for day in DAYS for n in (-1, 0, 1)}
    spans = [(first, last) for first in ends for last in ends if first <= last]
    with reading(engine) as connection:
        live = [sorted(figures(connection, *span)) for span in spans]
    recount(engine, NOW)
    recount(engine, NOW + timedelta(days=1))
    with reading(engine) as connection:
        assert [sorted(figures(connection, *span)) for span in spans] == live
    places = {
        span: [one.places for one in found if one.kind == "window"]
        for span, found in zip(spans, live, strict=True)
    }
    assert places[DAYS[1], DAYS[-1]] == [111_110 - 10]
    assert places[DAYS[1], DAYS[2]] == [1_100]


def test_a_clock_set_back_counts_no_minutes(engine: Engine) -> None:
    fill(engine)
    with writing(engine) as connection:
        early = update(appointments).where(appointments.c.id == 1)
        connection.execute(early.values(serving_at=NOW - timedelta(days=30)))
    assert rows(engine, "waiting", FRIDAY, FRIDAY) == [("瓯北街道", 15.0, 2)]  # 0 and 30


def test_every_number_of_a_figure_is_stored() -> None:
    assert Figure._fields == (*work_figures.KEYS, *work_figures.NUMBERS)
    assert {column.name for column in STORED.columns} == {"span", "first", *Figure._fields}


def sheets_of(content: bytes) -> dict[str, list[list[str]]]:
    """Titles and cells of a workbook, read as the format says."""
    name = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        strings = [
            "".join(part.itertext())
            for part in ElementTree.fromstring(file.read("xl/sharedStrings.xml"))
        ]
        book = ElementTree.fromstring(file.read("xl/workbook.xml"))
        titles = [one.get("name", "") for one in book.iter(f"{name}sheet")]
        found = {}
        for number, title in enumerate(titles, 1):
            page = ElementTree.fromstring(file.read(f"xl/worksheets/sheet{number}.xml"))
            assert not list(page.iter(f"{name}f")), "a formula"
            found[title] = [
                [
                    strings[int(cell.findtext(f"{name}v", ""))]
                    if cell.get("t") == "s"
                    else cell.findtext(f"{name}v", "")
                    for cell in row
                ]
                for row in page.iter(f"{name}row")
            ]
    return found


def test_the_workbook_has_all_reports(office: Office) -> None:
    fill(office.service.engine)
    desk = office.browser("desk")
    desk.get("/staff/reports")
    answer = desk.post("/staff/reports/all.xlsx", {"first": "2026-11-20"})
    found = sheets_of(answer.get_data())
    assert list(found) == [labels()[name]["title"] for name in REPORTS]
    assert found["几点"][0] == labels()["by_hour"]["columns"]
    assert found["几点"][1] == ["09:00", "4", "1", "14", "12"]
    assert found["谁办的"][1:] == [["Clerk", "2", "6", "13"], ["Desk", "1", "30", "10"]]
    assert "reports-2026-11-20-2026-11-23.xlsx" in answer.headers["Content-Disposition"]
    (entry,) = office.trail("export")
    assert entry.target == "reports"
    assert "全部统计" in text(office.browser("boss").get("/staff/trail"))


def test_no_cell_of_the_workbook_is_run_as_a_formula() -> None:
    sheet = workbook.Sheet(["=1+1"], [["=cmd()", "http://example.cn", 3]], ["=2"])
    assert sheets_of(workbook.written({"a": sheet}))["a"] == [
        ["=1+1"], ["=cmd()", "http://example.cn", "3"], ["=2"],
    ]  # fmt: skip


def test_titles_are_those_that_spreadsheets_take() -> None:
    titles = [labels()[name]["title"] for name in REPORTS]
    assert len(set(titles)) == len(titles)
    assert not any(set(title) & set("[]:*?/\\") or len(title) > 31 for title in titles)
