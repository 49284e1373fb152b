"""What the guide says of many people, done literally in an empty folder."""

import re
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from bot.cli import main
from scoring import Facts, estimate, estimate_arrow, load_ruleset
from tests.scoring.amendments import GUIDE
from tests.scoring.columns.frames import as_text, everybody, typed
from tests.scoring.people import ON

RULES = "yongjia-2022"


def block(language: str, start: str) -> str:
    blocks: list[str] = re.findall(rf"```{language}\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    return next(one for one in blocks if one.startswith(start))


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    people = as_text(list(everybody(40, ON, seed=9))).with_row_index("id")
    people.write_csv("people.csv")
    lines = block("sh", "xinshimin estimate --batch").splitlines()
    assert len(lines) == 4
    for line in lines:
        done = CliRunner().invoke(main, line.split()[1:], catch_exceptions=False)
        assert done.exit_code == 0, (line, done.output)
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == ["people.csv", "points.csv", "points.jsonl", "points.parquet"]
    assert pl.read_parquet("points.parquet").height == 40
    assert "common.education" in pl.read_parquet("points.parquet").columns
    assert ":unkeyed" in Path("points.jsonl").read_text("utf-8")


def test_arrow() -> None:
    names: dict[str, pl.DataFrame] = {}
    exec(block("python", "# arrow"), names)
    found = names["found"]
    assert found.columns == ["id", "eligible", "points", "low", "high", "fact", "reason"]
    assert found["points"].to_list() == [15, None]
    assert found["reason"][1].startswith("'phd' is not one of the choices; write one of ")


@pytest.mark.soak
def test_dask_with_two_workers(tmp_path: Path) -> None:
    """Two processes give what one gives, and the explained estimate."""
    share, shares = 5_000, 8
    everyone = list(everybody(share * shares, ON, seed=3))
    frame = typed(everyone).with_row_index("id")
    (tmp_path / "people").mkdir()
    for place in range(shares):
        part = frame.slice(place * share, share)
        part.write_parquet(tmp_path / "people" / f"{place}.parquet")
    (tmp_path / "points.py").write_text(block("python", "# dask"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "points.py"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(frame.height)
    made = [tmp_path / "points" / f"{place}.parquet" for place in range(shares)]
    found = pl.concat(map(pl.read_parquet, made))
    rules = load_ruleset(RULES)
    assert found.equals(estimate_arrow(rules, frame, on=ON))
    some = [estimate(rules, Facts(person), on=ON).points for person in everyone[:500]]
    assert found["points"][:500].to_list() == some
