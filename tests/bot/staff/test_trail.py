"""Nothing that the staff change goes without an entry in the trail."""

import re
from typing import Any

import pytest
from sqlmodel import SQLModel

from bot.database import reading
from tests.bot.staff.office import DAY, PASSWORD, PERSON, TODAY, Office, kept, slots_of_today
from tests.bot.staff.test_hours import CLOSE
from tests.bot.staff.test_learning import TEXT, missed
from tests.bot.staff.test_roles import console

# What is not a change by the staff: the trail itself, who is signed in, slips that were counted.
APART = {"audit_entries", "staff_sessions", "staff_devices", "failed_sign_ins"}
FRESH = "山里的风 很大 呀呀 真凉快"
ONE = f"{DAY}/appointments/{{0}}"
ALIAS = {"text": TEXT, "topic": "permit_needed"}
STEP: tuple[str, dict[str, Any]] = (f"{ONE}/step", {"state": "arrived"})

CALLED = [STEP, (f"{DAY}/window", {"window": "1"}), (f"{DAY}/next", {})]

# Endpoint → the requests that lead to a change, the last of them by it. {0} and {1} are
# appointments of today; {clerk} is a colleague.
CHANGES: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "add_account": [
        ("/staff/accounts", {"account": "newone", "name": "新人", "role": "county"}),
    ],
    "apply_hours": [("/staff/hours/apply", CLOSE)],
    "book": [(f"{DAY}/book", PERSON)],
    "call_off": [(f"{ONE}/call-off", {"reason": "停电"})],
    "change_role": [("/staff/accounts/{clerk}/role", {"role": "county"})],
    "check_in": [(f"{DAY}/check-in", {"code": "{code}"})],
    "dismiss": [("/staff/unmatched/dismiss", {"text": TEXT})],
    "issue_codes": [("/staff/accounts/{clerk}/codes", {})],
    "move": [(f"{ONE}/move", {"slot": "{slot}"})],
    "open_or_close": [("/staff/accounts/{clerk}/active", {"active": "0"})],
    "own_password": [
        ("/staff/password", {"current": PASSWORD, "password": FRESH, "again": FRESH}),
    ],
    "reopen_review": [
        STEP,
        (
            f"{ONE}/review",
            {"result-birth_date": "refused", "reason-birth_date": "没带证件", "send": "1"},
        ),
        (f"{ONE}/review/reopen", {}),
    ],
    "reset_password": [("/staff/accounts/{clerk}/password", {})],
    "save_review": [
        STEP,
        (f"{ONE}/review", {"result-birth_date": "refused", "reason-birth_date": "没带证件"}),
    ],
    "settle": [("/staff/hours/apply", CLOSE), (f"{DAY}/appointments/{{1}}/settle", {})],
    "site_details": [("/staff/hours/oubei/details", {"address": "某路 1 号"})],
    "apply_today": [(f"{DAY}/today/apply", {"reason": "停电"})],
    "hand_over": [*CALLED, (f"{ONE}/hand-over", {"window": "1"})],
    "new_display": [(f"{DAY}/queue/display", {"version": "1"})],
    "next_one": CALLED,
    "recall": [*CALLED, (f"{ONE}/recall", {})],
    "set_share": [(f"{DAY}/queue/share", {"share": "50"})],
    "take_step": [STEP],
    "walk_in": [(f"{DAY}/walk-in", {"purpose": "review"})],
    "teach": [("/staff/unmatched/teach", ALIAS)],
    "unteach": [
        ("/staff/unmatched/teach", ALIAS),
        ("/staff/unmatched/unteach", {"text": TEXT}),
    ],
}
# They change nothing by themselves, or have their entries tested elsewhere.
OTHERS = {
    *(
        "contact",
        "count_review",
        "export",
        "export_all",
        "narrow_trail",
        "find",
        "find_anywhere",
        "preview_hours",
        "preview_today",
        "sign_in_now",
        "sign_out",
    ),
    *("reset_second_factor", "second_step_now", "settle_told", "take_over", "offer_times"),
    *("sit_down", "pause", "settle_day", "settle_one", "enter_paper", "enter_paper_visit"),
    *("preview_office", "draft_office", "approve_office", "decline_office", "undo_office"),
}


def everything(office: Office) -> dict[str, list[Any]]:
    with reading(office.service.engine) as connection:
        return {
            name: sorted(map(repr, connection.execute(table.select())))
            for name, table in SQLModel.metadata.tables.items()
        }


def test_every_form_of_the_console_is_looked_at(office: Office) -> None:
    forms = {rule.endpoint for rule in console(office) if "POST" in (rule.methods or ())}
    assert {endpoint.removeprefix("staff.") for endpoint in forms} == {*CHANGES, *OTHERS}


@pytest.mark.parametrize("endpoint", CHANGES)
def test_no_change_goes_without_an_entry(office: Office, booked: list[int], endpoint: str) -> None:
    missed(office)
    browser = office.browser("boss")
    known = {
        "code": kept(office, booked[0]).code,
        "slot": str(slots_of_today(office)[-1].id),
        "clerk": str(office.ids["clerk"]),
    }
    office.watch.wait(hours=-1, minutes=-10)  # so that a person is still to come
    for path, fields in CHANGES[endpoint]:
        before = everything(office)
        sent = {name: str(text).format(*booked, **known) for name, text in fields.items()}
        sent = {"slot": known["slot"], "day": str(TODAY)} | sent
        browser.post(path.format(*booked[:1], booked[-1], **known), sent)
    after = everything(office)
    changed = {name for name in after if after[name] != before[name]} - APART
    assert changed
    noted = set(after["audit_entries"]) - set(before["audit_entries"])
    assert noted
    assert all("boss" in entry for entry in noted)


def shown(office: Office, **fields: str) -> tuple[str, str]:
    """The address and the page that a filled-in form of the trail leads to."""
    boss = office.browser("boss")
    boss.get("/staff/trail")
    answer = boss.post("/staff/trail", fields)
    assert answer.status_code == 302
    return answer.location, boss.get(answer.location).get_data(as_text=True)


def test_the_trail_is_filtered_by_day_person_and_code(office: Office, booked: list[int]) -> None:
    clerk = office.browser("clerk")
    clerk.get(DAY)
    for number in booked[:2]:
        clerk.post(f"{DAY}/appointments/{number}/step", {"state": "arrived"})
    office.watch.wait(days=1)
    office.browser("desk").post("/staff/hours/apply", CLOSE | {"first_day": "2026-11-30"})
    code, other = (kept(office, number).code for number in booked[:2])
    address, page = shown(office, code=code)
    assert code not in address
    assert f"预约 {code}</a>" in page
    assert f"预约 {other}</a>" not in page
    assert "加停办</td>" not in page
    assert "没有记录" in shown(office, code="999")[1]
    _, page = shown(office, day=str(TODAY))
    assert f"预约 {other}</a>" in page
    assert "加停办</td>" not in page
    _, page = shown(office, account="desk")
    assert "加停办</td>" in page
    assert "签到</td>" not in page
    assert "加停办</td>" in shown(office, day="soon")[1]  # no day: all of them


@pytest.mark.parametrize(
    "query", ["day=x", "appointment=x", "before=x", "appointment=99999999999999"]
)
def test_the_trail_takes_any_address(office: Office, query: str) -> None:
    assert office.browser("boss").get(f"/staff/trail?{query}").status_code == 200


def test_a_day_of_the_trail_is_the_countys(office: Office) -> None:
    """From midnight to midnight in Shanghai: 16:00 of the day before in the database."""
    clerk = office.browser("clerk")
    for minutes in (-10 * 60, -1, 2, 24 * 60):  # 0:00, 23:59 of the day before, 0:01, tomorrow
        clerk.get(DAY)
        office.watch.wait(minutes=minutes)
        clerk.post(f"{DAY}/find", {"who": "无"})
    page = shown(office, day="2026-11-23")[1]
    times = re.findall(r'data-name="时间">([^<]+)<', page)
    assert times == ["2026-11-23 00:01", "2026-11-23 00:00"]
