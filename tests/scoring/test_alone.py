"""`scoring` is installed and used without the service: no Flask, no wechatpy, no database."""

import subprocess
import sys
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

import scoring

ROOM = Path(__file__).parents[2] / "scoring"
NEEDED = ["pydantic", "pyyaml"]
SINCE_1_0 = frozenset(
    [
        "FACTS",
        "CategoryResult",
        "Choice",
        "Comparison",
        "Determination",
        "Difference",
        "Estimate",
        "Evidence",
        "Explanation",
        "Fact",
        "Facts",
        "FactsError",
        "Fault",
        "ItemResult",
        "Notice",
        "PartResult",
        "Plan",
        "Reach",
        "Ruleset",
        "RulesetError",
        "Step",
        "Table",
        "Tally",
        "Timeline",
        "Unsettled",
        "advise",
        "compare",
        "determination",
        "differences",
        "differences_from",
        "estimate",
        "estimate_arrow",
        "estimate_json",
        "list_rulesets",
        "load_earlier",
        "load_ruleset",
        "open_facts",
        "plan",
        "reach",
        "read_facts",
        "ruleset_ids",
        "timeline",
    ]
)
PROGRAM = """
import sys
from importlib.abc import MetaPathFinder

EXTRA = "scoring.analysis.columns."  # what the extra of that name is for

ALLOWED = {"scoring", "pydantic", "pydantic_core", "typing_extensions", "annotated_types",
           "typing_inspection", "yaml", "_yaml"}

class Refused(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        first = name.partition(".")[0]
        if first not in ALLOWED | sys.stdlib_module_names and not first.startswith("_sysconfig"):
            raise ModuleNotFoundError(f"scoring needs {name}")

sys.meta_path.insert(0, Refused())
import pkgutil
from datetime import date
import scoring
for module in pkgutil.walk_packages(scoring.__path__, "scoring."):
    if not module.name.endswith("__main__") and not module.name.startswith(EXTRA):
        __import__(module.name)
ruleset = scoring.load_ruleset("yongjia-2022")
print(scoring.__file__)
result = scoring.estimate(ruleset, {"education": "junior_college"}, on=date(2026, 11, 23))
print(result.as_json()["points"])
try:
    scoring.estimate_arrow(ruleset, None, on=date(2026, 11, 23))
except ModuleNotFoundError as error:
    print("without", str(error).split()[-1])
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("alone")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*build, str(ROOM)], check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def test_it_asks_for_two_libraries(installed: Path) -> None:
    [metadata] = installed.glob("*.dist-info/METADATA")
    wanted = Parser().parsestr(metadata.read_text()).get_all("Requires-Dist", [])
    assert sorted(one.partition(">")[0] for one in wanted if "extra ==" not in one) == NEEDED


def test_every_module_of_it_runs_with_them_alone(installed: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=installed,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    where, points, *without = run.stdout.split()
    assert without == ["without", "polars"]
    assert Path(where).is_relative_to(installed)
    assert points == "8"  # 大专


def test_nothing_of_the_room_is_left_out(installed: Path) -> None:
    def files(folder: Path) -> set[str]:
        found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
        return {name for name in found if "__pycache__" not in name} - {"pyproject.toml"}

    assert files(installed / "scoring") == files(ROOM)


def test_no_public_name_of_version_1_is_gone() -> None:
    """What is added is added here too: the next version promises it."""
    assert set(scoring.__all__) == SINCE_1_0
    assert all(hasattr(scoring, name) for name in SINCE_1_0)


def test_the_wheel_of_the_service_has_the_room_without_its_build_file() -> None:
    build = tomllib.loads((ROOM.parent / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    assert "scoring/pyproject.toml" in build["targets"]["wheel"]["exclude"]
