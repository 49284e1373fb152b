"""Known weaknesses of pinned versions, as pip-audit finds them."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SOURCES = ("pypi", "osv")  # pip-audit's names for them; the first that knows our packages
Run = Callable[[Path, str], str]


@dataclass(frozen=True)
class Looked:
    """What a source said of one lock file."""

    source: str
    count: int
    found: list[str]
    unknown: list[str]
    """Packages that the source does not have, so nothing is known of them."""


def look(lock: Path, run: Run | None = None) -> Looked | None:
    """Ask the sources one after the other; None: none could be reached, or knew any package."""
    for source in SOURCES:
        looked = _read((run or pip_audit)(lock, source), source)
        if looked is not None and looked.count:
            return looked
    return None


def pip_audit(lock: Path, source: str) -> str:
    """What pip-audit prints as JSON; empty where it could not ask, and why is said. It ends with 1
    both then and when it finds something, so its exit code says nothing. It installs nothing."""
    how = ("--require-hashes", "--disable-pip", "--progress-spinner=off", "--format=json")
    command = [sys.executable, "-m", "pip_audit", f"--requirement={lock}", *how, "-s", source]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not done.stdout.strip():
        why = done.stderr.strip().splitlines() or ["no word"]
        print(f"  pip-audit could not ask {source}: {why[-1][:200]}")
    return done.stdout


def _read(output: str, source: str) -> Looked | None:
    if not output.strip():
        return None
    packages = json.loads(output)["dependencies"]
    known = [one for one in packages if "skip_reason" not in one]
    found = [
        f"{one['name']} {one['version']}: {weakness['id']}, "
        f"fixed in {', '.join(weakness['fix_versions']) or 'no version yet'}"
        for one in known
        for weakness in one["vulns"]
    ]
    unknown = [one["name"] for one in packages if "skip_reason" in one]
    return Looked(source, len(known), found, unknown)
