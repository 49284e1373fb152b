"""The files an operator installs, judged by the programs that read them."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.deploy import PROGRAM, ROOT, place
from bot.serve.parts import parts_of

UNITS = Path("etc/systemd/system")
MOST_EXPOSED = 15  # tenths of systemd's count from 0, closed, to 10, open
VENV = Path(sys.prefix)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root with all files, for the program these tests run in."""
    folder = tmp_path_factory.mktemp("machine")
    assert len(list(place(folder))) == len([file for file in ROOT.rglob("*") if file.is_file()])
    return folder


def units(machine: Path) -> list[Path]:
    return sorted(file for file in (machine / UNITS).iterdir() if file.is_file())


def analyze(machine: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["systemd-analyze", "--no-pager", *arguments],
        env={"SYSTEMD_UNIT_PATH": f"{machine / UNITS}:", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def named(file: Path) -> str:
    return file.name.replace("@.", "@1.")


def test_systemd_finds_no_fault_in_a_unit(machine: Path) -> None:
    files = [str(file.with_name(named(file))) for file in units(machine)]
    done = analyze(machine, "verify", "--man=no", *files)
    assert (done.returncode, done.stderr) == (0, "")


def test_systemd_finds_a_planted_fault(tmp_path: Path) -> None:
    list(place(tmp_path))
    unit = tmp_path / UNITS / "xinshimin-worker.service"
    unit.write_text(unit.read_text().replace("bin/xinshimin", "bin/nothing"))
    assert "not executable" in analyze(tmp_path, "verify", "--man=no", str(unit)).stderr


def test_no_service_is_exposed(machine: Path) -> None:
    services = [named(file) for file in units(machine) if file.suffix == ".service"]
    assert len(services) == 5
    limit = f"--threshold={MOST_EXPOSED}"
    done = analyze(machine, "security", "--offline=true", limit, *services)
    assert done.returncode == 0, done.stdout


def test_units_start_what_serve_starts(machine: Path) -> None:
    """But each loads before it is ready, and takes its socket from systemd."""
    callback, pages, worker = parts_of(Path("x"), 1, 1)
    for part, unit in (
        (callback, "xinshimin-callback@.service"),
        (pages, "xinshimin-pages.service"),
        (worker, "xinshimin-worker.service"),
    ):
        [line] = [
            line.removeprefix("ExecStart=").split()[1:]
            for line in (machine / UNITS / unit).read_text().splitlines()
            if line.startswith("ExecStart=")
        ]
        own = list(part.command[3:])
        for option in ("--bind", "--proxy-protocol"):
            if option in own:
                del own[own.index(option) : own.index(option) + 2]
        assert set(line) == set(own), unit


def test_files_name_the_program_where_it_is(tmp_path: Path) -> None:
    changed = list(place(tmp_path, Path("/srv/other")))
    assert not any(PROGRAM in file.read_text() for file in changed)
    assert "/srv/other/bin/xinshimin" in (tmp_path / "usr/local/bin/xinshimin").read_text()
    assert (tmp_path / "usr/local/bin/xinshimin").stat().st_mode & 0o777 == 0o755


def test_a_second_time_changes_what_differs_alone(tmp_path: Path) -> None:
    first = CliRunner().invoke(main, ["deploy", str(tmp_path)])
    assert first.exit_code == 0
    unit = tmp_path / UNITS / "xinshimin.target"
    unit.write_text("# by an earlier version\n")
    again = CliRunner().invoke(main, ["deploy", str(tmp_path)])
    assert again.output.splitlines()[:-1] == [f"wrote {unit}"]


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "etc").write_text("a file")
    done = CliRunner().invoke(main, ["deploy", str(tmp_path)])
    assert done.exit_code == 1
    assert f"{tmp_path}/etc" in done.output


def test_logs_are_kept_for_half_a_year_and_not_for_ever(machine: Path) -> None:
    """网络安全法 art. 21. A file of the journal goes with its oldest entry."""
    rotation = (machine / "etc/logrotate.d/xinshimin").read_text().split()
    kept = [int(rotation[rotation.index(word) + 1]) for word in ("rotate", "maxage")]
    journal = (machine / "etc/systemd/journald.conf.d/xinshimin.conf").read_text().splitlines()
    said = dict(line.split("=") for line in journal if "=" in line and line[0] != "#")
    kept.append(int(said["MaxRetentionSec"].removesuffix("day")) - 7)
    assert said["MaxFileSec"] == "1week"
    assert all(184 <= days <= 366 for days in kept)
