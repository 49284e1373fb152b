"""The points as Python sees them: armed in a forked process, read by its parent."""

import ctypes
import shutil
import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_suffix(".c")

OFF, COUNT, KILL, TEAR, FAIL, FAIL_ON, KILL_SERVER, REFUSE_SYNC = range(8)
MODES = {
    "killed": KILL,  # before the call
    "torn": TEAR,  # half of what it writes is written, or it is done; then killed
    "failed": FAIL,  # this one call
    "failing": FAIL_ON,  # this one and all after it, but the connection of who asked
    "server": KILL_SERVER,  # PostgreSQL's process, before the call
    "unsynced": REFUSE_SYNC,  # this wait for the disk and all after it; killed once it has answered
}
SYNCS = ("fsync", "fdatasync")
CHANGING = ("write", "pwrite", "pwrite64", "send", "sendto", "sendmsg", *SYNCS)
CHANGING += ("ftruncate", "unlink", "mkdir", "rename", "connect", "open")


def library(folder: Path) -> Path | None:
    """The library to be loaded before libc, compiled; None where there is no compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return None
    made = folder / "points.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", made, SOURCE, "-ldl"], check=True)
    return made


class Points:
    """Of a process into which the library was loaded. `folder` is the database's."""

    def __init__(self, folder: Path) -> None:
        self._library = ctypes.CDLL(None)
        self._library.points_name.restype = ctypes.c_char_p
        self._library.points_seen.restype = ctypes.c_long
        self._library.points_open(f"{folder}/".encode())

    def arm(self, mode: int, number: int, connection: int = -1) -> None:
        """From now on, in this process. `connection` is that of who asked."""
        self._library.points_arm(mode, ctypes.c_long(number), connection)

    def disarm(self) -> None:
        """Whatever comes now is no point."""
        self._library.points_disarm()

    def served_by(self, pid: int) -> None:
        """Which process of PostgreSQL serves this one."""
        self._library.points_server(pid)

    @property
    def seen(self) -> int:
        """How many points the process armed last has reached, dead or alive."""
        return int(self._library.points_seen())

    @property
    def server_killed(self) -> bool:
        """Whether a process of PostgreSQL was."""
        return bool(self._library.points_server_killed())

    def name(self, number: int) -> str:
        """The call at a point, and what it touched: `pwrite64 service.db-wal`."""
        return str(self._library.points_name(ctypes.c_long(number)).decode())

    def is_tried(self, mode: int, number: int) -> bool:
        """Whether the call there can be broken so: what only reads cannot be torn."""
        calls = {TEAR: CHANGING, REFUSE_SYNC: SYNCS}.get(mode)
        return calls is None or self.name(number).partition(" ")[0] in calls
