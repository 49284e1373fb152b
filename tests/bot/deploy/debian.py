"""A Debian of our own in a folder: made by mmdebstrap, entered and booted by systemd-nspawn."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PATIENCE = 600.0  # seconds for one command
SOURCE = "/usr/local/src/xinshimin"
PACKAGES = "/packages"
NEEDED = ("mmdebstrap", "systemd-nspawn", "nsenter")


@dataclass
class Debian:
    """A root folder. What runs in it has the network of this machine; once booted, its own."""

    root: Path
    packages: Path  # of Python, for pip
    leader: int = 0  # process 1 of the booted machine
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, command: str, given: str = "", check: bool = True) -> str:
        """What a shell there says to it."""
        done = subprocess.run(
            [*self._entering(), "bash", "-euc", f"cd {SOURCE}; {command}"],
            input=given,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=PATIENCE,
            check=False,
        )
        assert not check or done.returncode == 0, f"{command}\n{done.stdout}"
        return done.stdout

    def start(self, command: str) -> "subprocess.Popen[str]":
        """It, running in the booted machine."""
        arguments = [*self._entering(), "bash", "-euc", f"cd {SOURCE}; exec {command}"]
        return subprocess.Popen(arguments, text=True, stdout=subprocess.PIPE)

    def _entering(self) -> list[str]:
        named = [f"{name}={value}" for name, value in self.environment.items()]
        if self.leader:
            return ["nsenter", "-t", str(self.leader), "-m", "-u", "-i", "-n", "-p", "env", *named]
        entered = ["systemd-nspawn", "-q", "--pipe", "--register=no", "--keep-unit", "-D"]
        return [
            *entered,
            str(self.root),
            f"--bind-ro={self.packages}:{PACKAGES}",
            *(f"--setenv={one}" for one in named),
        ]

    @contextmanager
    def booted(self) -> Iterator[None]:
        """systemd as its process 1, with nothing but a loopback for a network."""
        options = ("-q", "--boot", "--register=no", "--keep-unit", "--private-network")
        log = (self.root.parent / "boot.log").open("ab")
        nspawn = subprocess.Popen(
            ["systemd-nspawn", *options, "--console=pipe", "-D", str(self.root)],
            env=dict(os.environ) | {"SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            self.leader = _child(nspawn)
            self.run("for i in $(seq 300); do systemctl is-active -q multi-user.target && break;"
                     " sleep 0.2; done; systemctl is-active multi-user.target")  # fmt: skip
            yield
        finally:
            self.leader = 0
            nspawn.terminate()
            nspawn.wait(PATIENCE)
            log.close()


def made(folder: Path, *packages: str) -> Debian:
    """An empty Debian with these of its packages, the project's files in `SOURCE` and all that the
    lock file pins, to be installed without an index."""
    if os.geteuid() != 0 or any(not shutil.which(name) for name in NEEDED):
        pytest.fail("as root, install mmdebstrap and systemd-container to try a whole machine")
    root, wheels = folder / "root", folder / "packages"
    wheels.mkdir(parents=True)
    sources = sorted(Path("/etc/apt").glob("sources.list*/*.sources"))
    if not sources:
        sources = [Path("/etc/apt/sources.list")]
    include = ",".join(("ca-certificates", *packages))
    _do("mmdebstrap", "-q", "--variant=minbase", f"--include={include}", "bookworm", root, *sources)
    lock = ("--require-hashes", "-r", ROOT / "requirements.txt")
    for_debian = ("--python-version", "3.11", "--only-binary", ":all:")
    _do(sys.executable, "-m", "pip", "download", "-q", "-d", wheels, *lock, *for_debian)
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split("\0")
    for name in filter(None, names):
        if not name.startswith("tests/"):
            target = root / SOURCE.lstrip("/") / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target)
    given = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": PACKAGES, "DEBIAN_FRONTEND": "noninteractive"}
    return Debian(root, wheels, environment=given)


def _do(*command: object) -> None:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _child(nspawn: "subprocess.Popen[bytes]") -> int:
    end = time.monotonic() + 60
    file = Path(f"/proc/{nspawn.pid}/task/{nspawn.pid}/children")
    while time.monotonic() < end and nspawn.poll() is None:
        if found := file.read_text().split():
            return int(found[0])
        time.sleep(0.1)
    raise RuntimeError("systemd-nspawn did not start")
