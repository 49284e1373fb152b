"""The console on both databases: every page, and one of each kind of change."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import Engine, update

from bot import create_app
from bot.booking import transitions
from bot.booking.tables import appointments
from bot.database import writing
from bot.office_files import changes as drafted
from bot.office_files.changes import Draft
from bot.staff.auth import members, throttle
from bot.staff.privacy import blank
from bot.staff.reports.catalogue import REPORTS
from tests.bot.setting_up import NOW, settings_for
from tests.bot.staff.office import PASSWORD, Office, hired, open_and_book
from tests.bot.staff.test_hours import CLOSE
from tests.bot.staff.test_review import CLAIMED, ME
from tests.bot.staff.test_roles import console, path_of
from tests.bot.talks import not_understood
from tests.bot.web import Browser, Watch, talked


def office_on(url: str, folder: Path) -> Office:
    watch = Watch()
    app = create_app(settings_for(folder, database_url=url), watch)
    service = app.extensions["xinshimin"]
    return Office(app, service, watch, hired(service.engine))


def test_every_page_and_one_change_of_each_kind(url: str, tmp_path: Path) -> None:
    office = office_on(url, tmp_path)
    engine = office.service.engine
    number, *_ = open_and_book(engine)
    talked(office.service, ME)
    with writing(engine) as connection:
        mine = update(appointments).where(appointments.c.id == number)
        connection.execute(mine.values(person=ME, state="serving"))
        not_understood(connection, "夜里打呼噜")
        drafted.add(connection, Draft("admissions.yaml", "", "uses: []\n", "x"), "desk", NOW)
    browser = office.browser("boss")
    sheet = {f"result-{item}": "verified" for item in CLAIMED} | {"send": "1"}
    changes = {
        f"/staff/sites/oubei/appointments/{number}/review": sheet,
        "/staff/unmatched/teach": {"text": "夜里打呼噜", "topic": "permit_needed"},
        "/staff/hours/apply": CLOSE,
        "/staff/affected/settle-told": {},
        "/staff/accounts": {"account": "new", "name": "n", "role": "county"},
    } | {f"/staff/reports/{name}.csv": {} for name in REPORTS}
    for path, fields in changes.items():
        assert browser.post(path, fields).status_code in (200, 302), path
    for rule in console(office):
        if "GET" in (rule.methods or ()):
            path = path_of(rule, appointment=str(number))
            assert browser.get(path).status_code in (200, 302), path
    office.watch.wait(days=100)
    assert blank(engine, office.watch(), 90)["worksheets"] == 1
    engine.dispose()


def test_signing_in_and_slipping(url: str, tmp_path: Path) -> None:
    office = office_on(url, tmp_path)
    browser = Browser(office.app)
    browser.get("/staff/sign-in")
    for password, status in (
        *[("wrong", 401)] * 4,
        (PASSWORD, 302),
        *[("wrong", 401)] * 5,
        ("x", 429),
    ):
        fields = {"account": "clerk", "password": password}
        assert browser.post("/staff/sign-in", fields).status_code == status
    office.service.engine.dispose()


def test_guesses_at_the_same_moment_are_counted_one_by_one(engine: Engine) -> None:
    attempt = throttle.described("key", "clerk", "192.0.2.1")

    def guess(_: int) -> bool:
        with writing(engine) as connection:
            return throttle.begin(connection, attempt, NOW)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(guess, range(24))) == throttle.PER_ACCOUNT


def test_a_code_used_at_the_same_moment_counts_once(engine: Engine) -> None:
    boss = hired(engine)["boss"]

    def use(_: int) -> bool:
        with writing(engine) as connection:
            return members.use_step(connection, boss, 7)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(use, range(8))) == 1


def test_a_closure_sent_at_the_same_moment_stands_once(url: str, tmp_path: Path) -> None:
    office = office_on(url, tmp_path)
    browsers = [office.browser("desk") for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(lambda one: one.post("/staff/hours/apply", CLOSE).status_code, browsers)
        assert [*answers] == [302] * 4
    assert len(office.trail("add_closure")) == 1
    office.service.engine.dispose()


def test_a_result_sent_at_the_same_moment_goes_out_once(url: str, tmp_path: Path) -> None:
    office = office_on(url, tmp_path)
    number, *_ = open_and_book(office.service.engine)
    with writing(office.service.engine) as connection:
        assert transitions.step(connection, number, "arrived", NOW)
    address = f"/staff/sites/oubei/appointments/{number}/review"
    browsers = [office.browser("desk") for _ in range(4)]
    fields = {"fact-birth_date": "1994-11-23", "send": "1"}
    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(lambda browser: browser.post(address, fields).status_code, browsers)
        assert sorted(answers) == [302, 409, 409, 409]
    assert len(office.trail("send_review")) == 1
    office.service.engine.dispose()
