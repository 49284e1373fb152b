"""`xinshimin estimate --batch`: files as spreadsheets write them, good rows and bad ones."""

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.batch import reading
from bot.batch.writing import FORMULA_STARTS
from bot.cli.estimate import command
from scoring import FACTS, estimate, load_ruleset
from tests.scoring.amendments import guide_example
from tests.scoring.people import ON
from tests.scoring.reference.people import people
from tests.scoring.test_batch import cell

HEADER = ["id", *FACTS]


def batch(source: Path, out: Path, *options: str) -> Result:
    given = ["--batch", str(source), "-o", str(out), "--on", ON.isoformat(), *options]
    return CliRunner().invoke(command, given, catch_exceptions=False)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def csv_of(path: Path, number: int) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADER)
        for place, person in enumerate(people(number, ON, seed=51)):
            out.writerow([f"p{place}", *(cell(person.get(fact)) for fact in FACTS)])
    return path


def expected(number: int) -> list[float]:
    rules = load_ruleset("yongjia-2022")
    return [float(estimate(rules, p, on=ON).points) for p in people(number, ON, seed=51)]


def test_a_csv_in_a_csv_out(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    result = batch(csv_of(tmp_path / "people.csv", 50), out)
    assert result.exit_code == 0
    assert [float(row["points"]) for row in rows(out)] == expected(50)
    assert [row["id"] for row in rows(out)] == [f"p{place}" for place in range(50)]
    assert list(rows(out)[0]) == [
        "id", "eligible", "points", "low", "high", "common", "county", "deductions",
    ]  # fmt: skip
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "people.csv"]


def test_json_lines_in_and_out(tmp_path: Path) -> None:
    source, out = tmp_path / "people.jsonl", tmp_path / "out.jsonl"
    source.write_text(
        '{"id": 7, "education": "bachelor", "owned_home": true, "employment": []}\n\n'
        '{"birth_date": "1994-05-01", "social_insurance_months": 42, "skill": null}\n',
        encoding="utf-8",
    )
    assert batch(source, out).exit_code == 0
    first, second = lines(out)
    assert (first["id"], first["points"], first["eligible"]) == ("7", 25, None)
    assert (second["points"], second["low"]) == (30.5, 30.5)


def test_a_high_without_limit_is_empty_or_null(tmp_path: Path) -> None:
    source = tmp_path / "people.csv"
    source.write_text("id,education\na,bachelor\n", encoding="utf-8")
    original = ("--ruleset", "yongjia-original")
    batch(source, tmp_path / "out.csv", *original)
    batch(source, tmp_path / "out.jsonl", *original)
    assert rows(tmp_path / "out.csv")[0]["high"] == ""
    assert lines(tmp_path / "out.jsonl")[0]["high"] is None


def test_bad_rows_are_set_aside_with_line_fact_and_reason_and_the_rest_is_done(
    tmp_path: Path,
) -> None:
    source, out = tmp_path / "people.csv", tmp_path / "out.csv"
    source.write_text(
        "id,education,rented_years\n"
        "a,bachelor,2\n"
        "b,phd,2\n"
        '"c\nd",master,1\n'  # a cell with a line break: the next row is on line 6
        "e,master,-1\n"
        "f,master\n"
        "\n"
        "g,doctor,3\n",
        encoding="utf-8",
    )
    result = batch(source, out)
    assert result.exit_code == 3
    assert [row["id"] for row in rows(out)] == ["a", "c\nd", "g"]
    faults = rows(tmp_path / "out.csv.faults.csv")
    assert [(fault["line"], fault["id"], fault["fact"]) for fault in faults] == [
        ("3", "b", "education"),
        ("6", "e", "rented_years"),
        ("7", "", ""),
    ]
    assert "'phd' is not one of the choices" in faults[0]["reason"]
    assert "the row has 2 cells, the header 3" in faults[2]["reason"]
    assert "people.csv:3: education: 'phd' is not one" in result.stderr
    assert "3 rows set aside" in result.stderr


@pytest.mark.parametrize(
    ("line", "fact", "words"),
    [
        ("not json", "", "not JSON"),
        ("[1, 2]", "", "not a JSON object"),
        ("[" * 100_000, "", "not JSON"),
        ('{"educaton": "master"}', "educaton", "there is no such fact"),
        ('{"education": {"a": 1}}', "education", "is not one of the choices"),
        ('{"employment": [["x"]]}', "employment", "is not one of the choices"),
        ('{"rented_years": true}', "rented_years", "true is not a whole number"),
        ('{"rented_years": 2.5}', "rented_years", "'2.5' is not a whole number"),
        ('{"rented_years": NaN}', "rented_years", "is not a whole number"),
    ],
)
def test_bad_lines_of_json(tmp_path: Path, line: str, fact: str, words: str) -> None:
    source, out = tmp_path / "people.jsonl", tmp_path / "out.jsonl"
    source.write_text(f'{{"rented_years": 1}}\n{line}\n{{"rented_years": 2}}\n', encoding="utf-8")
    assert batch(source, out).exit_code == 3
    assert [told["points"] for told in lines(out)] == [2, 4]
    fault = rows(tmp_path / "out.jsonl.faults.csv")[0]
    assert (fault["line"], fault["fact"]) == ("2", fact)
    assert words in fault["reason"]


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("gbk", b"")]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_files_as_spreadsheets_save_them(
    tmp_path: Path, encoding: str, mark: bytes, delimiter: str
) -> None:
    text = "id,owned_home,birth_date\r\n张三,是,1990/5/1\r\n李四,FALSE,\r\n".replace(",", delimiter)
    source, out = tmp_path / "people.csv", tmp_path / "out.csv"
    source.write_bytes(mark + text.encode(encoding))
    assert batch(source, out).exit_code == 0
    assert [(row["id"], row["points"]) for row in rows(out)] == [("张三", "35"), ("李四", "0")]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("people.csv", b"", "is empty"),
        ("people.csv", "id,education\n".encode("utf-16"), "save it as 'CSV UTF-8'"),
        ("people.csv", b"PK\x03\x04....", "is a workbook"),
        ("people.csv", b"id,education\n\xff\xff\xff,x\n", "is not UTF-8 or GBK text"),
        ("people.csv", b"id,educaton\na,b\n", "是不是 education？"),
        ("people.csv", b"id,education,education\na,b,c\n", "the column education is there twice"),
        ("people.csv", b"id,education,,\na,b,,\n", "without a name is there twice"),
        ("people.xlsx", b"x", "ends in .csv, .jsonl, .parquet"),
    ],
)
def test_a_file_that_cannot_be_used_says_what_would_be_right(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    source, out = tmp_path / name, tmp_path / "out.csv"
    source.write_bytes(content)
    result = batch(source, out)
    assert result.exit_code != 0
    assert words in result.stderr
    assert not out.exists()


def test_a_missing_file_and_a_result_over_the_people_are_refused(tmp_path: Path) -> None:
    source = csv_of(tmp_path / "people.csv", 1)
    assert batch(tmp_path / "nobody.csv", tmp_path / "out.csv").exit_code != 0
    assert "nothing was written" in batch(source, tmp_path / "no" / "out.csv").stderr
    assert "would overwrite" in batch(source, source).stderr
    assert "--compare and --summary only" in batch(source, tmp_path / "o.csv", "--advice").stderr


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_a_name_that_looks_like_a_formula_is_shown_not_run(tmp_path: Path, start: str) -> None:
    source, out = tmp_path / "people.csv", tmp_path / "out.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["id", "education"], [f'{start}HYPERLINK("x")', "phd"]])
        csv.writer(file).writerow([f'{start}HYPERLINK("x")', "master"])
    batch(source, out)
    assert rows(out)[0]["id"].startswith("'")
    assert rows(tmp_path / "out.csv.faults.csv")[0]["id"].startswith("'")


def test_text_that_turns_unreadable_further_down_is_set_aside(tmp_path: Path) -> None:
    source, out = tmp_path / "people.csv", tmp_path / "out.csv"
    good = "某人,master\n".encode() * 10_000
    source.write_bytes(b"id,education\n" + good + b"\xff\xfe,master\n" + good)
    assert batch(source, out).exit_code == 3
    assert len(rows(out)) == 20_000
    assert rows(tmp_path / "out.csv.faults.csv")[0]["line"] == "10002"


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LONGEST_ROW", 1 << 18)
    source, out = tmp_path / "people.csv", tmp_path / "out.csv"
    rest = b"b,master\n" * 100_000
    source.write_bytes(b'id,education\n"a,master\n' + rest)
    assert batch(source, out).exit_code == 3
    fault = rows(tmp_path / "out.csv.faults.csv")[0]
    assert (fault["line"], "quotation mark" in fault["reason"]) == ("2", True)
    assert len(rows(out)) > 50_000


def test_all_cores_give_the_same_file_as_one(tmp_path: Path) -> None:
    """In a process of its own, as people call it: processes are not forked from a test run."""
    source = csv_of(tmp_path / "people.csv", 4_000)
    assert source.stat().st_size > 1.5 * reading.PIECE
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    batch(source, one, "--jobs", "1")
    given = ["estimate", "--batch", str(source), "-o", str(two), "--on", ON.isoformat()]
    code = "from bot.cli import main; main()"
    subprocess.run([sys.executable, "-c", code, *given, "--jobs", "2"], check=True)
    assert one.read_bytes() == two.read_bytes()
    assert [float(row["points"]) for row in rows(two)] == expected(4_000)


def test_a_summary_with_who_gains_and_who_loses(tmp_path: Path) -> None:
    source, out = csv_of(tmp_path / "people.csv", 80), tmp_path / "out.csv"
    result = batch(source, out, "--summary", "--compare", "yongjia-original", "--json")
    told = json.loads(result.stdout)
    gains = [float(row["gain"]) for row in rows(out)]
    assert told["people"] == 80
    assert told["reform"]["losing"] == sum(gain < 0 for gain in gains)
    assert told["points"]["most"] == max(float(row["points"]) for row in rows(out))
    assert float(rows(out)[0]["before_points"]) + gains[0] == float(rows(out)[0]["points"])
    text = batch(source, out, "--summary", "--compare", "yongjia-original").stdout
    assert f"少了 {told['reform']['losing']} 人" in text
    assert "分数\t人数" in batch(source, out, "--summary").stdout


def test_faults_of_an_earlier_run_do_not_stay(tmp_path: Path) -> None:
    source, out = tmp_path / "people.csv", tmp_path / "out.csv"
    source.write_text("id,education\na,phd\n", encoding="utf-8")
    batch(source, out)
    source.write_text("id,education\na,master\n", encoding="utf-8")
    batch(source, out)
    assert not (tmp_path / "out.csv.faults.csv").exists()


def test_the_rules_of_an_office_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "rules"
    own.mkdir()
    (own / "own.yaml").write_text(guide_example("amendment"), encoding="utf-8")
    monkeypatch.setenv("XINSHIMIN_RULES", str(own))
    source, out = tmp_path / "people.csv", tmp_path / "out.csv"
    source.write_text("id,residence_months,example_offence\na,100,2\n", encoding="utf-8")
    given = ["--batch", str(source), "-o", str(out), "--on", "2027-01-01"]
    result = CliRunner().invoke(command, [*given, "--compare", "yongjia-original"])
    assert result.exit_code == 0, result.output
    told = rows(out)[0]
    assert (told["points"], told["deductions"], told["before_points"]) == ("21", "-4", "24")


def test_a_run_that_breaks_leaves_nothing_half_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(self: object, piece: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("bot.batch.columns.ColumnDesk.serve", breaks)
    monkeypatch.setattr("bot.batch.work.Desk.serve", breaks)
    result = batch(csv_of(tmp_path / "people.csv", 2), tmp_path / "out.csv")
    assert result.exit_code == 1
    assert "the disk is full" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["people.csv"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_json_lines_in_either_encoding(tmp_path: Path, encoding: str) -> None:
    source, out = tmp_path / "people.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": "张三", "owned_home": true}\n', encoding=encoding)
    assert batch(source, out).exit_code == 0
    assert (lines(out)[0]["id"], lines(out)[0]["points"]) == ("张三", 15)
