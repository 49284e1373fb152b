import shutil
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Column, Engine, MetaData, Table, insert, select, text
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError, StatementError

from bot import migrations
from bot.database import briefly, engine_for, is_away, looking, reading, write_back, writing
from bot.logs import TextFormatter
from bot.models import NoticeConsent
from bot.models.base import Moment
from bot.settings import SettingsError
from bot.sqlite.library import driver
from tests.bot.setting_up import NOW

moments = Table("moments", MetaData(), Column("at", Moment))


def fail_half_way(engine: Engine) -> None:
    query = text("INSERT INTO deliveries (key, answered_at) VALUES ('a', '2026-11-23')")
    with writing(engine) as connection:
        connection.execute(query)
        connection.execute(query)


def test_an_error_inside_leaves_nothing(engine: Engine) -> None:
    with pytest.raises(IntegrityError):
        fail_half_way(engine)
    with reading(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM deliveries")).scalar_one() == 0


def test_moments_come_back_in_the_county_time(engine: Engine) -> None:
    with writing(engine) as connection:
        moments.create(connection)
        connection.execute(insert(moments).values(at=NOW.astimezone(UTC)))
        assert connection.execute(select(moments.c.at)).scalar_one().isoformat() == NOW.isoformat()


def test_a_time_without_zone_is_refused(engine: Engine) -> None:
    with pytest.raises(StatementError, match="no time zone"), writing(engine) as connection:
        connection.execute(select(moments).where(moments.c.at == datetime(2026, 1, 1)))  # noqa: DTZ001


def test_writers_wait_for_each_other_and_readers_for_nobody(tmp_path: Path) -> None:
    engine = engine_for(f"sqlite:///{tmp_path / 'a.db'}")
    migrations.upgrade(engine)
    count = text("SELECT count(*) FROM spent_states")
    add = text("INSERT INTO spent_states VALUES (:text, '2026-11-23')")

    def late() -> None:
        with writing(engine) as connection:
            connection.execute(add, {"text": f"after {connection.execute(count).scalar_one()}"})

    with writing(engine) as connection:
        connection.execute(add, {"text": "first"})
        other = threading.Thread(target=late)
        other.start()
        time.sleep(0.1)
        with reading(engine) as reader:
            assert reader.execute(count).scalar_one() == 0
    other.join()
    with reading(engine) as reader:
        assert set(reader.scalars(text("SELECT state FROM spent_states"))) == {"first", "after 1"}


def test_what_was_read_before_a_write_is_still_true_at_the_write(tmp_path: Path) -> None:
    """Four threads read and add one, fifty times each: the lost update of the default driver."""
    engine = engine_for(f"sqlite:///{tmp_path / 'a.db'}")
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE counter (n INTEGER)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))

    def add() -> None:
        for _ in range(50):
            with writing(engine) as connection:
                seen = connection.execute(text("SELECT n FROM counter")).scalar_one()
                connection.execute(text("UPDATE counter SET n = :n"), {"n": seen + 1})

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(engine) as connection:
        assert connection.execute(text("SELECT n FROM counter")).scalar_one() == 200


def test_the_log_leaves_out_what_the_database_quotes_of_a_row(engine: Engine) -> None:
    row = {"person": "oPERSON", "template": "T", "at": NOW}
    try:
        with writing(engine) as connection:
            connection.execute(insert(NoticeConsent), [row, row])
    except IntegrityError as error:
        quoted = "oPERSON" in str(error)
        told = TextFormatter().formatException(sys.exc_info())
    assert quoted == (engine.dialect.name == "postgresql")
    assert "oPERSON" not in told
    assert "IntegrityError" in told


@pytest.mark.parametrize(
    "url", ["nonsense", "", "mysql://me:geheim@host/name", "postgresql://me:geheim@host:port/name"]
)
def test_an_address_of_another_kind_is_explained_without_its_password(url: str) -> None:
    with pytest.raises(SettingsError, match="XINSHIMIN_DATABASE_URL must look like") as raised:
        engine_for(url)
    assert "geheim" not in str(raised.value)


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match=r"the folder .*file cannot be made"):
        engine_for(f"sqlite:///{tmp_path / 'file' / 'a.db'}")


@pytest.mark.parametrize("replaced", [False, True])
def test_nothing_is_written_to_a_file_that_is_not_at_its_place(
    tmp_path: Path, sqlite: Path, replaced: bool
) -> None:
    """By connections that are open, nor by new ones, which would begin an empty file."""
    file = tmp_path / "a.db"
    shutil.copy(sqlite, file)
    engine = engine_for(f"sqlite:///{file}")
    with reading(engine), reading(engine):  # two connections for the pool
        pass
    file.unlink()
    if replaced:
        shutil.copy(sqlite, file)
    for use in (writing, reading, briefly, looking):
        with pytest.raises(
            (OperationalError, engine.dialect.loaded_dbapi.OperationalError)
        ) as caught:
            use(engine).__enter__()
        assert is_away(engine, caught.value)
    engine.dispose()
    with pytest.raises(OperationalError, match="while it was in use"):
        reading(engine).__enter__()
    assert file.exists() is replaced


def test_the_log_is_written_back_by_the_worker_and_not_by_messages(tmp_path: Path) -> None:
    database, log = tmp_path / "a.db", tmp_path / "a.db-wal"
    engine = engine_for(f"sqlite:///{database}")
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")
    write_back(engine)
    size = database.stat().st_size
    for _ in range(30):
        with briefly(engine) as cursor:
            cursor.execute("INSERT INTO t VALUES (zeroblob(400000))")  # 100 pages
    assert database.stat().st_size == size
    assert log.stat().st_size > 3000 * 4096
    write_back(engine)
    assert database.stat().st_size > size + 30 * 400_000
    assert log.stat().st_size == 0
    engine.dispose()


def test_what_people_deleted_leaves_the_log_too(tmp_path: Path) -> None:
    engine = engine_for(f"sqlite:///{tmp_path / 'a.db'}")
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")
        connection.exec_driver_sql("INSERT INTO t VALUES ('deleted by its owner')")
    with reading(engine) as connection:
        connection.exec_driver_sql("SELECT * FROM t").all()
        with writing(engine) as other:
            other.exec_driver_sql("DELETE FROM t")
        write_back(engine)  # which leaves what a person reads
        assert any(b"deleted by" in file.read_bytes() for file in tmp_path.iterdir())
    write_back(engine)
    assert not any(b"deleted by" in file.read_bytes() for file in tmp_path.iterdir())
    engine.dispose()


def test_a_connection_that_only_reads_is_thrown_away(tmp_path: Path) -> None:
    engine = engine_for(f"sqlite:///{tmp_path / 'one.db'}")
    with reading(engine) as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(driver.OperationalError, match="readonly"), writing(engine):
        pass
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE one (id INTEGER)")


def test_a_damaged_database_is_away(tmp_path: Path) -> None:
    engine = engine_for(f"sqlite:///{tmp_path / 'one.db'}")
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE one (id INTEGER)")
        connection.exec_driver_sql("PRAGMA writable_schema = ON")
        connection.exec_driver_sql("UPDATE sqlite_master SET rootpage = 99")
    engine.dispose()
    with pytest.raises(DatabaseError) as raised, reading(engine) as connection:
        connection.exec_driver_sql("SELECT * FROM one")
    assert is_away(engine, raised.value)
