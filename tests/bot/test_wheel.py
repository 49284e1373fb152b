"""What is built and put elsewhere runs: every template, ruleset and migration is in it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import requests

from tests.bot.server import free_port, until_ready

ROOT = Path(__file__).parents[2]
COMMAND = "from bot.cli import main; main()"

pytestmark = pytest.mark.soak


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but the content of the wheel in `wheel`."""
    folder = tmp_path_factory.mktemp("elsewhere")
    build = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(build, check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "wheel")
    return folder


def started(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, *arguments],
        cwd=folder,
        env=dict(os.environ) | {"PYTHONPATH": str(folder / "wheel")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def output(folder: Path, *arguments: str) -> str:
    process = started(folder, *arguments)
    told = process.communicate(timeout=60)[0]
    assert process.returncode == 0, told
    return told


def test_it_estimates(elsewhere: Path) -> None:
    (elsewhere / "facts.yaml").write_text("education: junior_college\n")
    assert '"points": 8' in output(elsewhere, "estimate", "facts.yaml", "--json")


def test_it_talks(elsewhere: Path) -> None:
    (elsewhere / "lines.txt").write_text("1\n")
    assert "您好" in output(elsewhere, "chat", "--script", "lines.txt")


def test_it_serves(elsewhere: Path) -> None:
    port = free_port()
    process = started(elsewhere, "demo", "--port", str(port))
    try:
        until_ready(f"http://127.0.0.1:{port}/readyz", process)
        for page in ("/", "/rules", "/simulator/", "/static/simulator.css", "/staff/"):
            assert requests.get(f"http://127.0.0.1:{port}{page}", timeout=30).ok
        assert (elsewhere / "var" / "demo" / "xinshimin.db").exists()
    finally:
        process.terminate()
        process.wait(30)
