"""Nobody but their owner reads the files of a database, whatever the umask says."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.backup import back_up
from bot.database import engine_for, writing
from bot.sqlite import files


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, str]:
    return {file.name: oct(file.stat().st_mode & 0o777) for file in folder.iterdir()}


@pytest.mark.usefixtures("umask")
def test_new_files_and_their_folder(tmp_path: Path) -> None:
    folder = tmp_path / "above" / "var"
    engine = engine_for(f"sqlite:///{folder}/a.db")
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")
    names = {"a.db", "a.db-wal", "a.db-shm", "a.db-lock"}
    assert modes(folder) == dict.fromkeys(names, "0o600")
    assert oct(folder.stat().st_mode & 0o777) == "0o700"
    engine.dispose()


@pytest.mark.usefixtures("umask")
def test_files_of_earlier_versions_and_a_folder_of_somebody_else(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    first = engine_for(f"sqlite:///{tmp_path}/a.db")
    with writing(first) as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")
    for file in tmp_path.iterdir():
        file.chmod(0o644)
    second = engine_for(f"sqlite:///{tmp_path}/a.db")
    with writing(second) as connection:
        connection.exec_driver_sql("INSERT INTO t VALUES (1)")
    assert modes(tmp_path) | {"a.db-lock": ""} == dict.fromkeys(
        ("a.db", "a.db-wal", "a.db-shm"), "0o600"
    ) | {"a.db-lock": ""}
    assert oct(tmp_path.stat().st_mode & 0o777) == "0o755"
    first.dispose()
    second.dispose()


def test_what_was_deleted_is_in_no_file(tmp_path: Path) -> None:
    engine = engine_for(f"sqlite:///{tmp_path}/a.db")
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")
        connection.exec_driver_sql("INSERT INTO t VALUES ('deleted by its owner'), ('kept')")
    with writing(engine) as connection:
        connection.exec_driver_sql("DELETE FROM t WHERE a LIKE 'deleted%'")
    engine.dispose()  # the last connection writes the log back
    content = (tmp_path / "a.db").read_bytes()
    assert b"kept" in content
    assert b"deleted by its owner" not in content
    assert not (tmp_path / "a.db-wal").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_what_root_makes_beside_the_database_belongs_to_the_service(tmp_path: Path) -> None:
    engine = engine_for(f"sqlite:///{tmp_path}/a.db")
    files.create_private(tmp_path / "a.db")
    os.chown(tmp_path / "a.db", 65534, 65534)
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")
    assert {file.stat().st_uid for file in tmp_path.iterdir()} == {65534}
    engine.dispose()
    back_up(engine, tmp_path / "backup", overwrite=False)
    assert (tmp_path / "backup").stat().st_uid == 0
