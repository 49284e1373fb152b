"""The office's files as they last were without a fault, for a worker that is started anew.

People edit the rules while the service runs, and now and then a worker dies. The one that takes its
place is the child of a server under which others have started already: it goes on with a copy of
the files as they were, and ends nothing. Only the first start under a server refuses a fault.

    copies = SoundFiles.here(settings)   # None where this process was not forked by a server
    copies.keep(settings)                # after a sound start, and when sound files have changed
    copies.rules, copies.notices         # the latest copies; None before a first start
"""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import make_url

from bot.county import ruleset_id
from bot.settings import Settings
from scoring import load_earlier, load_ruleset
from scoring.engine.loading import own_files

FOLDER = "sound-files"
RULES, NOTICES = Path("rules"), Path("notices.yaml")
PROCESSES = Path("/proc")
STARTED = 19  # of /proc/PID/stat, counted after the command
SERVERS = b"gunicorn: "  # so gunicorn's processes call themselves where setproctitle is installed


@dataclass(frozen=True)
class SoundFiles:
    """The copies that belong to one server. In its folder each state of the files has one, named
    by their content; the youngest counts."""

    folder: Path

    @classmethod
    def here(cls, settings: Settings) -> "SoundFiles | None":
        """Those of the server that forked this process."""
        server = _server()
        return cls(state_folder(settings) / FOLDER / server) if server else None

    @property
    def rules(self) -> Path | None:
        """The folder of the rules as they last were without a fault."""
        return self._latest(RULES)

    @property
    def notices(self) -> Path | None:
        """The file of the notices as it was at the last start without a fault."""
        return self._latest(NOTICES)

    @property
    def exist(self) -> bool:
        """Whether something started without a fault under this server."""
        return bool(self._states())

    def keep(self, settings: Settings) -> None:
        """Copy the files, if the copy is sound, too: they may change meanwhile.

        Raises:
            RulesetError: it is not.
            OSError: it cannot be written.
        """
        files = dict(_files(settings))
        state = self.folder / sha256(repr(sorted(files.items())).encode()).hexdigest()[:16]
        if not state.exists():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            copy = Path(tempfile.mkdtemp(prefix=".", dir=self.folder))
            try:
                _write(copy, files, ruleset_id(settings))
                copy.rename(state)
            except OSError:
                if not state.exists():  # or another process was first
                    raise
            finally:
                shutil.rmtree(copy, ignore_errors=True)
        os.utime(state)
        _forget_the_dead(self.folder.parent)

    def _latest(self, file: Path) -> Path | None:
        found = [state / file for state in self._states()[:1]]
        return found[0] if found and found[0].exists() else None

    def _states(self) -> list[Path]:
        """The youngest first."""
        states = self.folder.glob("[!.]*") if self.folder.is_dir() else ()
        return sorted(states, key=lambda state: state.stat().st_mtime_ns, reverse=True)


def state_folder(settings: Settings) -> Path:
    """Where the processes of one machine leave something for each other."""
    database = make_url(settings.database_url)
    beside = database.database if database.get_backend_name() == "sqlite" else None
    return settings.state or Path(beside or "var/database").parent


def _files(settings: Settings) -> Iterator[tuple[Path, bytes]]:
    for number, folder in enumerate(reversed(settings.rule_folders)):
        for file in own_files(folder):  # the office's own keep their names
            yield RULES / (f"{number}-{file.name}" if number else file.name), file.read_bytes()
    if settings.notices is not None:
        yield NOTICES, settings.notices.read_bytes()


def _write(copy: Path, files: dict[Path, bytes], ruleset: str) -> None:
    (copy / RULES).mkdir()
    for name, content in files.items():
        (copy / name).write_bytes(content)
    load_earlier(load_ruleset(ruleset, copy / RULES))


def _server() -> str | None:
    """Names the process that forked this one to serve beside others like it; None where this one
    was started by itself, or where that cannot be known."""
    mine, parents = _command("self"), _command(str(os.getppid()))
    forked = mine == parents or (mine.startswith(SERVERS) and parents.startswith(SERVERS))
    started = _started(str(os.getppid()))
    if not (mine and forked and started):
        return None
    return f"{socket.gethostname()}-{os.getppid()}-{started}"


def _command(pid: str) -> bytes:
    try:
        return (PROCESSES / pid / "cmdline").read_bytes()
    except OSError:
        return b""


def _started(pid: str) -> str:
    """When a process was started, by the machine's own count: no two of one number have the same.
    Empty where there is none."""
    try:
        boot = (PROCESSES / "sys/kernel/random/boot_id").read_text()[:8]
        stat = (PROCESSES / pid / "stat").read_text()
    except OSError:
        return ""
    return f"{boot}-{stat.rpartition(')')[2].split()[STARTED]}"


def _forget_the_dead(folder: Path) -> None:
    """Remove what servers of this machine left that have ended."""
    for left in folder.glob(f"{socket.gethostname()}-*"):
        pid, _, started = left.name.removeprefix(f"{socket.gethostname()}-").partition("-")
        if _started(pid) != started:
            shutil.rmtree(left, ignore_errors=True)
