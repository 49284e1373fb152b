"""Every route against every role: what a person may open is decided in one place."""

import re

import pytest
from werkzeug.routing import Rule

from bot.application import BLUEPRINTS
from bot.database import writing
from bot.staff.auth import members
from tests.bot.setting_up import NOW
from tests.bot.staff.office import PEOPLE, Office
from tests.bot.web import Browser

OPEN = {"sign_in", "sign_in_now", "second_step", "second_step_now", "sign_out"}
VALUES = {"site": "oubei", "appointment": "1", "member": "1", "name": "bookings", "change": "1"}


def path_of(rule: Rule, **values: str) -> str:
    return re.sub(r"<(?:[^:>]+:)?(\w+)>", lambda found: (VALUES | values)[found[1]], rule.rule)


def console(office: Office) -> list[Rule]:
    return [rule for rule in office.app.url_map.iter_rules() if rule.endpoint.startswith("staff.")]


def test_the_console_is_part_of_the_service() -> None:
    assert "bot.staff.console" in BLUEPRINTS


def test_every_view_but_the_sign_in_says_whom_it_lets_in(office: Office) -> None:
    unguarded = {
        rule.endpoint.removeprefix("staff.")
        for rule in console(office)
        if not hasattr(office.app.view_functions[rule.endpoint], "roles")
    }
    assert unguarded == OPEN


@pytest.mark.parametrize("account", PEOPLE)
def test_each_route_lets_in_exactly_its_roles(
    office: Office, booked: list[int], account: str
) -> None:
    browser = office.browser(account)
    role = PEOPLE[account][0]
    for rule in console(office):
        view = office.app.view_functions[rule.endpoint]
        if not hasattr(view, "roles"):
            continue
        methods = {"GET", "POST"} & (rule.methods or set())
        for method in methods:
            call = browser.get if method == "GET" else browser.post
            status = call(path_of(rule)).status_code
            assert (status == 403) != (role in view.roles) or _forbids_oneself(
                rule.endpoint, status
            ), (rule.endpoint, method, status)
            assert status < 500, (rule.endpoint, method)


def _forbids_oneself(endpoint: str, status: int) -> bool:
    others_only = (
        "reset_password",
        "reset_second_factor",
        "issue_codes",
        "open_or_close",
        "change_role",
    )
    return status == 403 and endpoint.removeprefix("staff.") in others_only


def test_nobody_gets_in_without_signing_in(office: Office, booked: list[int]) -> None:
    browser = Browser(office.app)
    browser.get("/staff/sign-in")
    for rule in console(office):
        if hasattr(office.app.view_functions[rule.endpoint], "roles"):
            method = "GET" if "GET" in (rule.methods or ()) else "POST"
            answer = browser.get(path_of(rule)) if method == "GET" else browser.post(path_of(rule))
            assert answer.status_code == 302, rule.endpoint
            assert answer.headers["Location"] == "/staff/sign-in"


def test_every_change_needs_the_token_of_a_form(office: Office, booked: list[int]) -> None:
    browser = office.browser("boss")
    for rule in console(office):
        if "POST" in (rule.methods or ()):
            answer = browser.post(path_of(rule), token="forged")
            assert answer.status_code == 400, rule.endpoint
            assert "请重新打开" in answer.get_data(as_text=True)


def test_no_page_of_the_console_is_kept_anywhere(office: Office, booked: list[int]) -> None:
    browser = office.browser("boss")
    for rule in console(office):
        if "GET" in (rule.methods or ()):
            answer = browser.get(path_of(rule))
            assert answer.headers["Cache-Control"] == "no-store", rule.endpoint
            assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_a_clerk_sees_only_the_own_window(office: Office, booked: list[int]) -> None:
    browser = office.browser("clerk")
    assert browser.get("/staff/").headers["Location"] == "/staff/sites/oubei"
    assert browser.get("/staff/sites/oubei").status_code == 200
    assert browser.get("/staff/sites/dongcheng").status_code == 403
    assert browser.post("/staff/sites/dongcheng/check-in", {"code": "1"}).status_code == 403


def test_no_address_of_another_window_opens_for_a_clerk(office: Office, booked: list[int]) -> None:
    browser = office.browser("clerk")
    browser.get("/staff/sites/oubei")
    theirs = [rule for rule in console(office) if "site" in rule.arguments]
    assert len(theirs) > 10
    for rule in theirs:
        call = browser.get if "GET" in (rule.methods or ()) else browser.post
        assert call(path_of(rule, site="dongcheng")).status_code == 403, rule.endpoint


def test_an_appointment_cannot_be_reached_through_another_site(
    office: Office, booked: list[int]
) -> None:
    with writing(office.service.engine) as connection:
        office.ids["other"] = members.add(
            connection, "other", "Other", "window", "dongcheng", "x", NOW
        )
        members.change(connection, office.ids["other"], must_change_password=False)
    browser = office.browser("other")
    wrong = f"/staff/sites/dongcheng/appointments/{booked[0]}"
    assert browser.get(wrong).status_code == 404
    assert browser.get(f"{wrong}/review").status_code == 404
    for action in ("step", "contact", "move", "call-off", "review", "settle"):
        fields = {"state": "arrived", "reason": "x", "slot": "1"}
        assert browser.post(f"{wrong}/{action}", fields).status_code == 404, action


def test_whoever_works_there_too_is_led_to_where_it_was_moved(
    office: Office, booked: list[int]
) -> None:
    before = f"/staff/sites/dongcheng/appointments/{booked[0]}"
    answer = office.browser("desk").get(before)
    assert answer.headers["Location"] == f"/staff/sites/oubei/appointments/{booked[0]}"


def test_the_navigation_offers_only_what_one_may_open(office: Office) -> None:
    clerk = office.browser("clerk").get("/staff/password").get_data(as_text=True)
    boss = office.browser("boss").get("/staff/password").get_data(as_text=True)
    assert "操作记录" not in clerk
    assert "统计" not in clerk
    assert "操作记录" in boss


@pytest.mark.parametrize(
    "path",
    [
        "/staff/sites/%00",
        "/staff/sites/oubei?day=tomorrow",
        "/staff/sites/oubei?day=9999-12-31",
        "/staff/sites/oubei/appointments/99999999999999999999",
        "/staff/sites/oubei/appointments/2147483647",
        "/staff/trail?before=99999999999999999999&account=%00",
        "/staff/trail?before=-1",
        "/staff/notices?state=nothing",
        "/staff/reports?first=2030-01-01&last=2020-01-01",
        "/staff/hours/nowhere",
    ],
)
def test_odd_addresses_are_answered_calmly(office: Office, path: str) -> None:
    assert office.browser("boss").get(path).status_code in (200, 400, 404)


def test_odd_forms_are_answered_calmly(office: Office, booked: list[int]) -> None:
    browser = office.browser("boss")
    fields = {"slot": "9" * 30, "id": "9" * 30, "state": "\x00", "text": "\x00", "name": "=1"}
    for rule in console(office):
        if "POST" in (rule.methods or ()) and rule.endpoint not in ("staff.sign_out",):
            browser.get("/staff/password")
            for sent in (fields, dict.fromkeys(fields, "x"), {}):
                status = browser.post(path_of(rule), sent).status_code
                assert status in (200, 302, 400, 401, 403, 404, 409), (rule.endpoint, status)
