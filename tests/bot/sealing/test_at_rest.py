"""The service is used in all its ways; then its database and a backup are opened as files, and
nothing that was said, and nobody, is found in them."""

import json
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from sqlalchemy import text, update

from bot import create_app
from bot.booking import window
from bot.booking.tables import appointments
from bot.cli.db import command
from bot.database import reading, writing
from bot.people import everything_about, forget
from bot.sealing import known_keys
from bot.service import Service
from bot.settings import Settings
from bot.staff.worksheets import read
from bot.turns import take_turn
from dialogs.utterance import Followed, Said
from tests.bot.backup.conftest import PROGRAMS
from tests.bot.setting_up import NOW, settings_for
from tests.bot.staff.office import Office, hired, open_and_book, slots_of_today
from tests.bot.web import Browser, Watch

PG_RESTORE = PROGRAMS[max(PROGRAMS)] / "pg_restore"
ME, GONE = "oMe-0001-openid", "oGone-0002-openid"
NAME, PHONE = "欧阳测名", "13912340987"
PAPERS, REASON, CALLED_OFF = "甲乙丙材料原件", "子丑寅相差", "临时停电卯辰"
EARLY, BIRTH = "我是巳午未大专毕业", "1987年3月"
USED = (
    *(NAME, PHONE, PAPERS, REASON, CALLED_OFF, EARLY),
    *(BIRTH, "1987-03", "大专", "junior_college", "birth_date", "张三丰", "13812345670"),
)


def forms(word: str) -> set[bytes]:
    """How a word may stand in a file: as it is, as JSON escapes it, as other systems write it."""
    escaped = json.dumps(word)[1:-1]
    return {word.encode(), escaped.encode(), escaped.upper().encode(), word.encode("utf-16-le")}


def found(content: bytes) -> set[str]:
    return {word for word in USED if any(form in content for form in forms(word))}


@pytest.fixture
def settings(url: str, tmp_path: Path) -> Settings:
    return settings_for(tmp_path, database_url=url)


@pytest.fixture
def office(settings: Settings) -> Iterator[Office]:
    app = create_app(settings, watch := Watch())
    service: Service = app.extensions["xinshimin"]
    known_keys.demand(service.engine, NOW)
    yield Office(app, service, watch, hired(service.engine))
    service.engine.dispose()


def use(office: Office) -> int:
    """Talk, book, review, call off, leave; the number of the appointment that was reviewed."""
    service = office.service
    for person in (ME, GONE):
        for number, said in enumerate((Followed(), Said(EARLY), Said("同意"), Said(BIRTH))):
            take_turn(service, person, f"{number}", said, NOW)
    with writing(service.engine) as connection:
        forget(connection, GONE)
    first, second, *_ = open_and_book(service.engine)
    browser = office.browser("clerk")
    day = "/staff/sites/oubei"
    browser.get(day)
    fields = {"slot": slots_of_today(office)[-1].id, "day": NOW.date(), "purpose": "review"}
    assert browser.post(f"{day}/book", fields | {"name": NAME, "phone": PHONE}).status_code == 302
    with writing(service.engine) as connection:
        mine = update(appointments).where(appointments.c.id.in_((first, second)))
        connection.execute(
            mine.where(appointments.c.id == first).values(person=ME, state="serving")
        )
        connection.execute(mine.where(appointments.c.id == second).values(person=GONE))
    address = f"{day}/appointments/{first}/review"
    browser.get(address)
    given = {"result-age": "changed", "verified-age": "7.25"}
    given |= {"papers-age": PAPERS, "reason-age": REASON}
    assert browser.post(address, given).status_code == 302
    with writing(service.engine) as connection:
        assert window.call_off(connection, second, CALLED_OFF, NOW)
    return first


def shown(office: Office) -> str:
    """What its owner is shown of it."""
    with reading(office.service.engine) as connection:
        return json.dumps(everything_about(connection, ME), ensure_ascii=False, default=str)


def files_of(engine_url: str, folder: Path) -> Iterator[Path]:
    if engine_url.startswith("sqlite"):
        yield from folder.glob("test.db*")
        return
    data = Path(parse_qs(urlsplit(engine_url).query)["host"][0])
    yield from (path for path in data.rglob("*") if path.is_file())


def test_nothing_that_was_used_is_in_the_database_or_a_backup(
    office: Office, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(PG_RESTORE.parent), prepend=":")
    first = use(office)
    assert {word for word in (BIRTH[:4], PAPERS) if word not in shown(office)} == set()
    with reading(office.service.engine) as connection:
        assert read(connection, first, None).lines["age"].reason == REASON
    engine, backup = office.service.engine, tmp_path / "kept.backup"
    run = CliRunner().invoke(command, ["--url", url, "backup", str(backup)])
    assert run.exit_code == 0, run.output
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("CHECKPOINT"))
    files = list(files_of(url, tmp_path))
    assert any(ME.encode() in path.read_bytes() for path in files)  # they are the right ones
    assert {path.name: words for path in files if (words := found(path.read_bytes()))} == {}
    assert found(contents_of(backup, engine.dialect.name)) == set()


def test_a_telephone_is_found_on_other_days_whole_or_by_its_end(office: Office) -> None:
    use(office)
    browser = office.browser("clerk")
    tomorrow = NOW.date() + timedelta(days=1)
    for digits, finds in ((PHONE, True), ("139 1234 0987", True), (PHONE[-4:], True)):
        assert (NAME[0] + "*" in searched(browser, digits, tomorrow)) is finds
    for digits in (PHONE[:-1], PHONE[-5:], PHONE[-3:], "13812345679", "0988", NAME):
        assert NAME[0] + "*" not in searched(browser, digits, tomorrow)
    assert NAME[0] + "*" in searched(browser, NAME, NOW.date())  # a day is looked through


def searched(browser: Browser, who: str, day: date) -> str:
    browser.get("/staff/sites/oubei")
    answer = browser.post("/staff/sites/oubei/find", {"who": who, "day": day})
    return str(answer.get_data(as_text=True))


def contents_of(backup: Path, kind: str) -> bytes:
    """A backup of PostgreSQL is compressed: its text."""
    if kind == "sqlite":
        return backup.read_bytes()
    script = subprocess.run([PG_RESTORE, "--file=-", str(backup)], capture_output=True, check=True)
    assert ME.encode() in script.stdout
    return script.stdout
