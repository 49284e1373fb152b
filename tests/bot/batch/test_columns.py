"""Columns and the loop give the same files, whatever is read and written."""

import csv
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from bot.batch import columns, parquet
from bot.batch.columns import is_plain
from scoring import Determination, determination, load_ruleset
from tests.bot.batch.test_estimate_batch import batch, lines, rows
from tests.scoring.columns.frames import as_text, everybody, typed
from tests.scoring.people import ON

PEOPLE = 300
REFUSED: Mapping[int, dict[str, Any]] = {
    3: {"education": "phd"},
    77: {"rented_years": -1},
    78: {"birth_date": "2027-01-01"},
}
OPTIONS = ("--summary", "--json", "--compare", "yongjia-original", "--categories")


def everyone() -> list[dict[str, Any]]:
    return list(everybody(PEOPLE, ON, seed=11))


def csv_file(folder: Path, *, quoted: bool = False) -> Path:
    """Some rows cannot be used."""
    people = as_text(everyone()).with_row_index("id").cast(pl.String)
    for place, wrong in REFUSED.items():
        for fact, cell in wrong.items():
            people[place, fact] = str(cell)
    path = folder / f"people{quoted}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
        out.writerow(people.columns)
        out.writerows(people.rows())
    return path


def json_file(folder: Path) -> Path:
    path = folder / "people.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for place, person in enumerate(everyone()):
            told = {"id": place, **person, **REFUSED.get(place, {})}
            told = {fact: sorted(v) if isinstance(v, frozenset) else v for fact, v in told.items()}
            file.write(json.dumps(told, default=str) + "\n")
    return path


def quoted_file(folder: Path) -> Path:
    return csv_file(folder, quoted=True)


def parquet_rows(path: Path) -> list[dict[str, Any]]:
    return pl.read_parquet(path).to_dicts()


READ: Mapping[str, Callable[[Path], list[dict[str, Any]]]] = {
    "csv": rows,
    "jsonl": lines,
    "parquet": parquet_rows,
}


@contextmanager
def without_polars(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """As where the extra is not installed."""
    with patch.context() as away:
        away.setitem(sys.modules, "polars", None)
        for module in [name for name in sys.modules if name.startswith(COLUMNS)]:
            away.delitem(sys.modules, module)
        yield


COLUMNS = ("scoring.analysis.columns.", "bot.batch.columns", "bot.batch.parquet")


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
@pytest.mark.parametrize("write", [csv_file, quoted_file, json_file])
def test_without_polars_the_same_files(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    write: Callable[[Path], Path],
    ending: str,
) -> None:
    monkeypatch.setattr(columns, "TEXT_PIECE", 20_000)  # several pieces, in several threads
    source = write(tmp_path)
    assert source.stat().st_size > 40_000
    quick, slow = tmp_path / f"quick.{ending}", tmp_path / f"slow.{ending}"
    by_columns = batch(source, quick, *OPTIONS)
    with without_polars(monkeypatch):
        by_loop = batch(source, slow, *OPTIONS)
    assert (by_columns.exit_code, by_loop.exit_code) == (3, 3)
    assert quick.read_bytes() == slow.read_bytes()
    assert by_columns.stdout == by_loop.stdout
    faults = [Path(f"{out}.faults.csv").read_bytes() for out in (quick, slow)]
    assert faults[0] == faults[1]
    assert faults[0].count(b"\n") == len(REFUSED) + 1


def parquet_file(folder: Path) -> Path:
    path = folder / "people.parquet"
    people = typed(everyone()).with_row_index("id")
    people[77, "rented_years"] = -1
    people[5, "education"] = "phd"
    people.write_parquet(path)
    return path


@pytest.mark.parametrize("size", [101, 65_536])
def test_parquet_in_and_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """As CSV in and out, in pieces of any size and in the order of the file."""
    monkeypatch.setattr(parquet, "ROWS", size)
    source, out, text = parquet_file(tmp_path), tmp_path / "out.parquet", tmp_path / "out.csv"
    options = ("--compare", "yongjia-original", "--categories")
    assert batch(source, out, *options).exit_code == 3
    assert batch(source, text, *options).exit_code == 3
    told, written = pl.read_parquet(out), rows(text)
    assert told["id"].to_list() == [place for place in range(PEOPLE) if place not in (5, 77)]
    assert told.columns == list(written[0])
    assert told.schema["points"] == pl.Decimal(38, 2)
    for name in ("points", "low", "high", "gain", "county", "county.housing"):
        shown = [Decimal(row[name]) if row[name] else None for row in written]
        assert told[name].to_list() == shown, name
    faults = rows(tmp_path / "out.parquet.faults.csv")
    assert [(fault["line"], fault["id"], fault["fact"]) for fault in faults] == [
        ("6", "5", "education"),
        ("78", "77", "rented_years"),
    ]


def test_formats_by_option_where_the_endings_do_not_say(tmp_path: Path) -> None:
    source, out = csv_file(tmp_path), tmp_path / "out"
    people = source.rename(tmp_path / "people.txt")
    assert "ends in" in batch(people, out).stderr
    assert batch(people, out, "--reads", "csv", "--writes", "parquet").exit_code == 3
    assert pl.read_parquet(out).height == PEOPLE - len(REFUSED)


def test_parquet_of_nobody_has_its_columns(tmp_path: Path) -> None:
    source, out = tmp_path / "people.parquet", tmp_path / "out.parquet"
    typed([]).write_parquet(source)
    assert batch(source, out).exit_code == 0
    assert pl.read_parquet(out).shape == (0, 8)
    text = tmp_path / "people.csv"
    text.write_text("id,education\n", encoding="utf-8")
    assert batch(text, out).exit_code == 0
    assert pl.read_parquet(out).columns[:3] == ["id", "eligible", "points"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"not parquet", "is no Parquet file"),
        (b"", "is no Parquet file"),
    ],
)
def test_a_file_that_is_no_parquet(tmp_path: Path, content: bytes, words: str) -> None:
    source = tmp_path / "people.parquet"
    source.write_bytes(content)
    result = batch(source, tmp_path / "out.csv")
    assert (result.exit_code, words in result.stderr) == (1, True)


def test_a_column_of_parquet_that_is_no_fact(tmp_path: Path) -> None:
    source = tmp_path / "people.parquet"
    pl.DataFrame({"educaton": ["master"]}).write_parquet(source)
    assert "是不是 education？" in batch(source, tmp_path / "out.csv").stderr


def test_parquet_without_polars_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = parquet_file(tmp_path)
    with without_polars(monkeypatch):
        result = batch(source, tmp_path / "out.csv")
        assert "pip install 'polars>=2.1'" in result.stderr
        result = batch(csv_file(tmp_path), tmp_path / "out.parquet")
    assert (result.exit_code, "columns" in result.stderr) == (1, True)


@pytest.mark.parametrize(
    ("data", "plain"),
    [
        (b"1,2\n3,4\n", True),
        (b"1,2\r\n3,4", True),
        (b"1,2\n3\n4,5,6\n", True),  # as many as there should be: read, and refused there
        (b"1,2\n3\n", False),
        (b"1,2,3\n", False),
        (b'1,"2"\n', False),
        (b"1,2\n\n3,4\n", False),
        (b"1,2\r3,4\n", False),
    ],
)
def test_what_is_read_all_at_once(data: bytes, plain: bool) -> None:
    assert is_plain(data, ",", 2) is plain


def test_a_row_too_long_and_one_too_short_are_both_set_aside(tmp_path: Path) -> None:
    source, out = tmp_path / "people.csv", tmp_path / "out.csv"
    source.write_text("education,rented_years\nmaster,1\nmaster\nmaster,1,2\n", encoding="utf-8")
    assert batch(source, out).exit_code == 3
    assert [fault["line"] for fault in rows(tmp_path / "out.csv.faults.csv")] == ["3", "4"]


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_each_row_with_its_determination_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    """The one that the same facts have everywhere; with the key of the installation."""
    monkeypatch.setenv("XINSHIMIN_DATA_KEY", "k" * 43)
    from bot.cli.installation_key import key

    source, out = parquet_file(tmp_path), tmp_path / f"out.{ending}"
    batch(source, out, "--ids")
    found = [row["determination"] for row in READ[ending](out)]
    rules, keyed = load_ruleset("yongjia-2022"), key()
    people = [person for place, person in enumerate(everyone()) if place not in (5, 77)]
    assert keyed is not None
    assert found == [str(determination(rules, one, on=ON, key=keyed)) for one in people]
    assert Determination.read(found[0]).facts != "unkeyed"


def test_ids_from_text_are_those_from_parquet(tmp_path: Path) -> None:
    source, out = csv_file(tmp_path), tmp_path / "out.jsonl"
    batch(source, out, "--ids")
    assert {Determination.read(row["determination"]).facts for row in lines(out)} == {"unkeyed"}
    assert all("determination" not in row for row in rows_of(source, tmp_path))


def rows_of(source: Path, folder: Path) -> list[dict[str, str]]:
    batch(source, folder / "plain.csv")
    return rows(folder / "plain.csv")
