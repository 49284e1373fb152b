"""The service is used in all its ways, and each table that keeps something of people has a row;
then its database and a backup are opened as files, and nothing that was said, and nobody, is found
in them."""

import json
import subprocess
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, select, text, update
from sqlmodel import SQLModel

from bot import create_app
from bot.booking import counter
from bot.booking.tables import appointments
from bot.cli.db import command
from bot.database import reading, writing
from bot.keys import known_keys
from bot.keys.reseal import sealed_columns
from bot.people import everything_about, forget
from bot.sealing.column import Sealed
from bot.service import Service
from bot.settings import Settings
from bot.turns import take_turn
from bot.worksheets import read
from dialogs.utterance import Followed, Said
from tests.bot.backup.conftest import PROGRAMS
from tests.bot.setting_up import NOW, settings_for
from tests.bot.staff.office import Office, hired, open_and_book, slots_of_today
from tests.bot.test_people import fill
from tests.bot.web import Browser, Watch

FIRST_OF_USERS = 16384  # PostgreSQL's numbers below are of its own tables
PG_RESTORE = PROGRAMS[max(PROGRAMS)] / "pg_restore"
ME, GONE, FILLED = "oMe-0001-openid", "oGone-0002-openid", "oFilled-0003-openid"
NAME, PHONE = "欧阳测名", "13912340987"
PAPERS, REASON, CALLED_OFF = "甲乙丙材料原件", "子丑寅相差", "临时停电卯辰"
HELD, OTHERS, ODD = "我是申酉戌党员", "老婆大专亥子毕业", "丑丑卯卯上能不能打麻将"
EARLY, BIRTH = "我是巳午未大专毕业", "1987年3月"
USED = (
    *(NAME, PHONE, PAPERS, REASON, CALLED_OFF, EARLY, HELD, OTHERS, ODD),
    *(BIRTH, "1987-03", "大专", "junior_college", "birth_date", "张三丰", "13812345670"),
)


def forms(word: str) -> set[bytes]:
    """How a word may stand in a file: as it is, as JSON escapes it, as other systems write it."""
    escaped = json.dumps(word)[1:-1]
    return {word.encode(), escaped.encode(), escaped.upper().encode(), word.encode("utf-16-le")}


def found(content: bytes, words: Iterable[str] = USED) -> set[str]:
    return {word for word in words if any(form in content for form in forms(word))}


def leaves(value: object) -> Iterator[str]:
    """The texts in a value, which may be JSON, or JSON in JSON."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        value = json.loads(value)
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from leaves(one)
    elif isinstance(value, str):
        yield value


def is_telling(text: str) -> bool:
    """Whether it is too long to stand in a file by accident."""
    return len(text) >= (10 if text.isascii() else 3)


def told_and_readable(engine: Engine) -> tuple[dict[str, set[str]], str]:
    """The texts of each sealed column, opened; and all that stands in the other columns."""
    told: dict[str, set[str]] = {}
    others = []
    with reading(engine) as connection:
        for table in SQLModel.metadata.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                for column in table.columns:
                    value = row[column.name]
                    if isinstance(column.type, Sealed):
                        known = told.setdefault(f"{table.name}.{column.name}", set())
                        known.update(filter(is_telling, leaves(value)))
                    else:
                        others.append(str(value))
    return told, "\n".join(others)


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
    """Talk, also of another one, of what is held and of what nobody understands; book, review, call
    off, leave; the number of the appointment that was reviewed."""
    service = office.service
    said = (Followed(), *map(Said, (EARLY, "同意", BIRTH, ODD, HELD, "老婆也算一下", OTHERS)))
    for person in (ME, GONE):
        for number, one in enumerate(said):
            take_turn(service, person, f"{number}", one, NOW)
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
    given = {"result-birth_date": "changed", "fact-birth_date": "1975-11-23"}
    given |= {"papers-birth_date": PAPERS, "reason-birth_date": REASON}
    assert browser.post(address, given).status_code == 302
    with writing(service.engine) as connection:
        assert counter.call_off(connection, second, CALLED_OFF, NOW)
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
    cache = "pg_internal.init"  # the server drops and writes it anew at any time
    yield from (path for path in data.rglob("*") if path.is_file() and path.name != cache)


def own_files(engine: Engine, files: list[Path]) -> list[Path]:
    """Of PostgreSQL those of the tables of this database: other tests have theirs beside it."""
    if engine.dialect.name == "sqlite":
        return files
    with reading(engine) as connection:
        names = connection.scalars(
            text("SELECT pg_relation_filepath(oid) FROM pg_class WHERE relkind IN ('r', 'i', 't')")
        ).all()
    own = {name for name in names if name and int(name.rpartition("/")[2]) >= FIRST_OF_USERS}
    return [path for path in files if "/".join(path.parts[-3:]) in own]


def test_nothing_that_was_used_is_in_the_database_or_a_backup(
    office: Office, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(PG_RESTORE.parent), prepend=":")
    first = use(office)
    with writing(office.service.engine) as connection:
        fill(connection, FILLED, 9)
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
    copy = contents_of(backup, engine.dialect.name)
    assert found(copy) == set()
    # The same by a program: each text of each sealed column, wherever it may have come from.
    told, others = told_and_readable(engine)
    assert told.keys() == {one.kind.name for one in sealed_columns()}
    for column, texts in told.items():
        hidden = {one for one in texts if one not in others}
        assert hidden or column == "reviews.total", column
        assert found(copy, hidden) == set(), column
        for path in own_files(engine, files):
            assert found(path.read_bytes(), hidden) == set(), (column, path)


def test_a_contact_is_found_on_other_days_whole_or_by_the_end_of_its_number(office: Office) -> None:
    use(office)
    browser = office.browser("clerk")
    tomorrow = NOW.date() + timedelta(days=1)
    for digits, finds in ((PHONE, True), ("139 1234 0987", True), (PHONE[-4:], True), (NAME, True)):
        assert (NAME[0] + "*" in searched(browser, digits, tomorrow)) is finds
    for digits in (PHONE[:-1], PHONE[-5:], PHONE[-3:], "13812345679", "0988", NAME[:-1], NAME[1:]):
        assert NAME[0] + "*" not in searched(browser, digits, tomorrow)
    assert NAME[0] + "*" in searched(browser, NAME[1:], NOW.date())  # a day is looked through


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
