"""Printed codes: for those without a telephone, each good once."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, select

from bot.cli.staff import command
from bot.database import reading, writing
from bot.models.staff import RecoveryCode
from bot.staff.auth import recovery_codes
from tests.bot.setting_up import NOW
from tests.bot.staff.office import Office, enrolled, hired, signed_in, text
from tests.bot.web import Browser

STEP = "/staff/second-step"
CODE = re.compile(r"<li><b>([a-z0-9]{5}-[a-z0-9]{5})</b></li>")


def sheet_of(office: Office, account: str) -> list[str]:
    """A sheet that an administrator gives to a colleague."""
    answer = office.browser("boss").post(f"/staff/accounts/{office.ids[account]}/codes")
    assert answer.headers["Cache-Control"] == "no-store"
    return CODE.findall(text(answer))


def step(office: Office, account: str, typed: str) -> int:
    """The status of a sign-in with the password and this code, at a browser that is new."""
    browser = Browser(office.app)
    signed_in(browser, account)
    browser.get(STEP)
    return int(browser.post(STEP, {"recovery": typed}).status_code)


def test_each_code_is_good_once_and_for_its_account_alone(office: Office) -> None:
    codes = sheet_of(office, "clerk")
    assert len(codes) == len({*codes}) == recovery_codes.SHEET
    assert step(office, "clerk", codes[0]) == 302
    assert step(office, "clerk", codes[0]) == 401
    assert step(office, "clerk", f" {codes[1].replace('-', ' ').upper()} ") == 302
    sheet_of(office, "desk")
    assert step(office, "desk", codes[2]) == 401
    assert [entry.target for entry in office.trail("issue_codes")] == ["clerk", "desk"]
    assert [entry.detail for entry in office.trail("sign_in")] == ['{"by": "recovery_code"}'] * 2


def test_the_codes_are_shown_once_and_their_number_is_kept_in_sight(office: Office) -> None:
    codes = sheet_of(office, "clerk")
    assert step(office, "clerk", codes[0]) == 302
    boss = office.browser("boss")
    for path in ("/staff/accounts", f"/staff/accounts/{office.ids['clerk']}", "/staff/trail"):
        page = text(boss.get(path))
        assert not any(code in page for code in codes)
    assert "备用码还有 19 个" in text(boss.get("/staff/accounts"))


def test_a_new_sheet_ends_the_old_one(office: Office) -> None:
    old, new = sheet_of(office, "clerk"), sheet_of(office, "clerk")
    assert step(office, "clerk", old[0]) == 401
    assert step(office, "clerk", new[0]) == 302


def test_whoever_has_a_sheet_cannot_enrol_a_telephone_with_the_password_alone(
    office: Office,
) -> None:
    """Otherwise a stolen password would be both factors. That holds when the sheet is used up."""
    thief = Browser(office.app)
    signed_in(thief, "clerk")
    assert "<svg" in text(thief.get(STEP))  # of before
    codes = sheet_of(office, "clerk")
    assert thief.get(STEP).headers["Location"] == "/staff/"
    signed_in(thief, "clerk")
    page = text(thief.get(STEP))
    assert "<svg" not in page
    assert 'name="code"' not in page
    assert thief.post(STEP, {"code": "123456"}).status_code == 401
    with writing(office.service.engine) as connection:
        for code in codes:
            found = recovery_codes.matching(connection, office.ids["clerk"], code)
            assert found
            assert recovery_codes.spend(connection, office.ids["clerk"], found, NOW)
    page = text(thief.get(STEP))
    assert "用完了" in page
    assert "<svg" not in page


def test_a_telephone_and_a_sheet_stand_side_by_side(office: Office, browser: Browser) -> None:
    enrolled(office, browser, "clerk")
    codes = sheet_of(office, "clerk")
    assert browser.get("/staff/sites/oubei").status_code == 302  # signed out: ask anew
    assert step(office, "clerk", codes[3]) == 302


def test_after_a_reset_neither_is_left(office: Office) -> None:
    codes = sheet_of(office, "clerk")
    office.browser("boss").post(f"/staff/accounts/{office.ids['clerk']}/second-factor")
    assert step(office, "clerk", codes[0]) == 401
    browser = Browser(office.app)
    signed_in(browser, "clerk")
    assert re.search(
        r"<svg[^>]*viewBox=", text(browser.get(STEP))
    )  # loses no edge where it is small


def test_nobody_gives_a_sheet_to_themselves(office: Office) -> None:
    boss = office.browser("boss")
    assert boss.post(f"/staff/accounts/{office.ids['boss']}/codes").status_code == 403


def test_codes_are_not_guessed(office: Office) -> None:
    codes = sheet_of(office, "clerk")
    assert [step(office, "clerk", "aaaaa-aaaaa") for _ in range(6)] == [401] * 5 + [429]
    assert step(office, "clerk", codes[0]) == 429


@pytest.mark.parametrize("typed", ["", " ", "-", "\x00", "é" * 200, "k" * 10_000])
def test_whatever_is_typed_is_answered(office: Office, typed: str) -> None:
    sheet_of(office, "clerk")
    assert step(office, "clerk", typed) in (400, 401)


def test_no_code_can_be_read_in_the_database(office: Office) -> None:
    codes = sheet_of(office, "clerk")
    with reading(office.service.engine) as connection:
        rows = connection.execute(select(RecoveryCode)).all()
    assert len(rows) == len(codes)
    assert not any(code in str(rows) or code.replace("-", "") in str(rows) for code in codes)
    assert len({row.salt for row in rows}) == 1


def test_a_code_used_at_the_same_moment_counts_once(engine: Engine) -> None:
    clerk = hired(engine)["clerk"]
    with writing(engine) as connection:
        code, *_ = recovery_codes.issue(connection, clerk)
    with reading(engine) as connection:
        digest = recovery_codes.matching(connection, clerk, code)
        assert recovery_codes.left(connection) == {clerk: recovery_codes.SHEET}
    assert digest

    def use(_: int) -> bool:
        with writing(engine) as connection:
            return recovery_codes.spend(connection, clerk, digest or "", NOW)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(use, range(8))) == 1
    with reading(engine) as connection:
        assert recovery_codes.left(connection) == {clerk: recovery_codes.SHEET - 1}


def test_the_command_line_hands_out_a_sheet_too(office: Office) -> None:
    url = office.service.settings.database_url
    made = CliRunner().invoke(command, ["--url", url, "create", "second", "--codes"])
    assert made.exit_code == 0, made.output
    assert len(re.findall(r"^[a-z0-9]{5}-[a-z0-9]{5}$", made.output, re.MULTILINE)) == 20
    boss = office.browser("boss")
    done = CliRunner().invoke(command, ["--url", url, "codes", "boss"])
    assert done.exit_code == 0, done.output
    assert boss.get("/staff/accounts").status_code == 302
    assert step(office, "boss", done.output.split()[-1]) == 302
    assert CliRunner().invoke(command, ["--url", url, "reset", "boss"]).exit_code == 0
    with reading(office.service.engine) as connection:
        assert office.ids["boss"] not in recovery_codes.left(connection)
    unknown = CliRunner().invoke(command, ["--url", url, "codes", "nobody"])
    assert unknown.exit_code == 1
    assert "no account" in unknown.output
