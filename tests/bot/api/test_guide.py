"""The guide's lines, run as they stand against a running service."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import bot.api
from tests.bot.server import serving
from tests.bot.setting_up import environment_of, migrated, settings_for

GUIDE = (Path(bot.api.__file__).parent / "README.md").read_text("utf-8")


def test_the_lines_of_the_guide_are_run_as_they_stand(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    migrated(settings).dispose()
    environment = {**os.environ, **environment_of(settings)}
    environment["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    [make, *_] = re.findall(r"^xinshimin api key add .*$", GUIDE, re.MULTILINE)
    made = subprocess.run(
        make, shell=True, env=environment, capture_output=True, text=True, check=True
    )
    environment["KEY"] = made.stdout.split()[-1]
    script = "set -eu -o pipefail\n" + "\n".join(re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL))
    with serving("bot:create_app()", environment, tmp_path / "log", workers=1) as server:
        environment["API"] = f"{server.root}/api/v1"
        ran = subprocess.run(
            ["bash", "-c", script], env=environment, cwd=tmp_path, capture_output=True, text=True
        )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    told = json.loads((tmp_path / "estimate.json").read_text("utf-8"))
    assert (told["points"], told["on"]) == (18.5, "2026-11-23")
    assert "核对相符" in ran.stdout
    assert '"questions"' in ran.stdout
    assert "社保" in ran.stdout or "社会保险" in ran.stdout
