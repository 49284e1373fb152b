"""A double of the index speaks HTTP on this machine; pip is set to it as people set it."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from packaging.version import Version

from tests.audit.__main__ import FOUND, NOT_LOOKED, main
from tests.audit.ages import Age, ages
from tests.audit.index import JSON, Index, IndexAwayError, Release
from tests.audit.pins import Pin, pinned
from tests.audit.weaknesses import Looked, look
from tests.stand_in import Call, stand_in

TODAY = date(2026, 11, 29)
HASH = "--hash=sha256:" + 64 * "0"
FILES = {
    "old": [
        ("old-1.0.tar.gz", "2024-11-28T23:59:59Z"),
        ("old-1.0-py3-none-any.whl", "2025-01-01T00:00:00Z"),
        ("old-2.0.tar.gz", "2026-01-02T00:00:00.123456Z"),
        ("old-3.0rc1.tar.gz", "2026-02-02T00:00:00Z"),
        ("old-1.0.win32.exe", "2020-01-01T00:00:00Z"),
        ("old-70.tar.gz", "2014-04-01T00:00:00Z"),  # a date for a number, before they were counted
    ],
    "just": [("just-1.0.tar.gz", "2024-11-29T00:00:00Z")],
    "undated": [("undated-1.0.tar.gz", None)],
}


def packages(call: Call) -> None:
    """Answers as the Simple API does in JSON; `html/` as an index that has none."""
    folder, name = call.path.strip("/").split("/")
    files = [
        {"filename": file, "url": file, "hashes": {}} | ({"upload-time": at} if at else {})
        for file, at in FILES.get(name, [])
    ]
    body = json.dumps({"meta": {"api-version": "1.1"}, "name": name, "files": files})
    wanted = call.headers["Accept"] == JSON and folder != "html"
    told = body.encode() if wanted else b"<!DOCTYPE html>"
    call.send(told, 200 if files else 404, Content_Type=JSON)


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with stand_in(packages) as root:
        monkeypatch.setenv("PIP_INDEX_URL", f"{root}/simple/")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        yield root


def locked(tmp_path: Path, *pins: str) -> Path:
    lock = tmp_path / "requirements.txt"
    lock.write_text("".join(f"{pin} \\\n    {HASH}\n    # via us==9\n" for pin in pins))
    return lock


def nothing(_: Path) -> Looked:
    return Looked("pypi", 1, [], [])


def test_pins(tmp_path: Path) -> None:
    lock = locked(tmp_path, "b[extra]==2.0.post1 ; python_version < '3.13'", "A-a==1!1.0")
    assert pinned([lock, lock]) == [Pin("A-a", "1!1.0"), Pin("b", "2.0.post1")]


def test_every_pin_of_ours_is_found() -> None:
    for lock in (Path(__file__).parents[2]).glob("requirements*.txt"):
        begun = [line for line in lock.read_text().splitlines() if line[:1].isalnum()]
        assert len(pinned([lock])) == len(begun) > 0


def test_the_first_file_dates_a_release_and_the_newest_is_no_candidate(address: str) -> None:
    [age] = ages([Pin("old", "1.0")], Index())
    line = " ".join(age.line(TODAY).split())
    assert line == "OLD old 1.0 of 2024-11-28 newest 2.0 of 2026-01-02"


@pytest.mark.parametrize(("name", "is_old"), [("just", False), ("old", True)])
def test_older_than_24_months_is_flagged(address: str, name: str, is_old: bool) -> None:
    [age] = ages([Pin(name, "1.0")], Index())
    assert age.is_old(TODAY) is is_old


@pytest.mark.parametrize(("today", "is_old"), [("2026-02-28", False), ("2026-03-01", True)])
def test_a_release_of_a_leap_day(today: str, is_old: bool) -> None:
    leap = Release(Version("1.0"), datetime(2024, 2, 29, tzinfo=UTC))
    assert Age(Pin("leap", "1.0"), leap, leap).is_old(date.fromisoformat(today)) is is_old


@pytest.mark.parametrize("pin", ["undated==1.0", "missing==1.0", "just==0.9"])
def test_what_has_no_date_is_said(
    address: str, tmp_path: Path, pin: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([locked(tmp_path, pin)], TODAY, nothing) == NOT_LOOKED
    assert "1 pins, 0 older than 24 months, 1 without a date" in capsys.readouterr().out


def test_an_old_version_is_flagged_and_ends_nothing(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([locked(tmp_path, "old==1.0", "just==1.0")], TODAY, nothing) == 0
    assert "2 pins, 1 older than 24 months, 0 without a date" in capsys.readouterr().out


@pytest.mark.parametrize("folder", ["html", None], ids=["no JSON", "nobody answers"])
def test_an_index_that_tells_nothing(
    address: str,
    tmp_path: Path,
    folder: str | None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", f"{address}/{folder}" if folder else "http://127.0.0.1:9/")
    with pytest.raises(IndexAwayError):
        Index().releases("old")
    assert main([locked(tmp_path, "old==1.0")], TODAY, nothing) == NOT_LOOKED
    assert "Ages: NOT LOOKED AT" in capsys.readouterr().out


def printed(*packages: dict[str, object]) -> str:
    """As pip-audit 2.10 prints it."""
    return json.dumps({"dependencies": packages, "fixes": []})


SOUND = {"name": "a", "version": "1", "vulns": []}
WEAK = SOUND | {"vulns": [{"id": "PYSEC-1", "fix_versions": ["2"], "aliases": []}]}
SKIPPED = {"name": "b", "skip_reason": "Dependency not found on PyPI"}


@pytest.mark.parametrize(
    ("pypi", "osv", "code", "said"),
    [
        (printed(SOUND), "", 0, "0 weaknesses in 1 packages, pypi"),
        (printed(WEAK), "", FOUND, "a 1: PYSEC-1, fixed in 2"),
        ("", printed(WEAK, SKIPPED), FOUND, "1 weaknesses in 1 packages, osv"),
        (printed(SOUND, SKIPPED), "", NOT_LOOKED, "the source does not have b"),
        (printed(SKIPPED), printed(SOUND), 0, "packages, osv"),
        (printed(SKIPPED), "", NOT_LOOKED, "NOT LOOKED AT: pypi and osv could not"),
        ("", "", NOT_LOOKED, "NOT LOOKED AT: pypi and osv could not"),
    ],
)
def test_what_a_source_says_and_one_that_says_nothing(
    address: str,
    tmp_path: Path,
    pypi: str,
    osv: str,
    code: int,
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    answers = {"pypi": pypi, "osv": osv}
    lock = locked(tmp_path, "just==1.0")
    found = main([lock], TODAY, lambda path: look(path, lambda _, source: answers[source]))
    assert found == code
    assert said in capsys.readouterr().out
