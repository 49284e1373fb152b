"""A file of settings: a line `NAME=value` for each, as systemd's `EnvironmentFile` reads it.

A value reaches to the end of its line. Quotes around the whole of it are taken off; within it
quotes and backslashes are refused, since systemd and a shell read them in different ways.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from bot.settings import PREFIX, SettingsError

BESIDES = ("PORT", "GUNICORN_CMD_ARGS")  # what else the service listens to
AMBIGUOUS = re.compile(r"[\"'\\\x00-\x1f\x7f]")


def read(file: Path, besides: tuple[str, ...] = BESIDES) -> dict[str, str]:
    """The settings of a file, by the names of their variables.

    Raises:
        SettingsError: it cannot be read; the text names file and line.
    """
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file.name}: it cannot be read ({error})") from error
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        name, equals, value = (part.strip() for part in line.partition("="))
        if not name or name.startswith("#"):
            continue
        if not equals or not (name in besides or name.startswith(PREFIX)):
            others = "".join(f", or {other}=…" for other in besides)
            raise SettingsError(f"{file.name}:{number}: write {PREFIX}NAME=value{others}")
        found[name] = _unquoted(value)
        if why := fault(found[name]):
            raise SettingsError(f"{file.name}:{number}: {name} {why}")
    return found


def fault(value: str) -> str:
    """Why a value cannot stand in a file of settings, the end of a sentence; "" where it can."""
    found = AMBIGUOUS.search(value)
    return f"must not have {found[0]!r} in it." if found else ""


def write(file: Path, values: Mapping[str, str], head: str) -> None:
    """Write them, under comment lines, to a new file that its owner alone reads; whole or not at
    all. Raises OSError."""
    comment = "".join(f"# {line}\n" for line in head.splitlines())
    lines = "".join(f"{name}={value}\n" for name, value in values.items())
    beside = file.with_name(f".{file.name}.new")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "w", encoding="utf-8") as out:
        out.write(f"{comment}{lines}")
        out.flush()
        os.fsync(handle)
    beside.replace(file)


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value
