"""A database, how the service reaches it, and what a fault may take hold of."""

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import make_url, select, text
from sqlmodel import col

from bot.database import engine_for, reading
from bot.models import Delivery
from tests.bot.outages.set_ups import BEFORE
from tests.bot.setting_up import engine_at
from tests.bot.wire import Wire, wired

ITSELF, WIRE, SOCKET, DISK = "itself", "wire", "socket", "disk"


@dataclass
class Place:
    """`real` is the address of the database, `known` the one by which the service knows it."""

    real: str
    known: str
    folder: Path
    wire: Wire | None = None
    environment: Mapping[str, str] = field(default_factory=dict)  # of the service

    @property
    def sockets(self) -> Path:
        """The folder of PostgreSQL's socket."""
        return Path(str(make_url(self.real).query["host"]))

    def replies(self) -> dict[str, str]:
        """What is stored as said to whom, of those whose talks are kept."""
        engine = engine_at(self.real)
        stored = select(col(Delivery.person), col(Delivery.reply)).where(
            col(Delivery.reply).is_not(None)
        )
        clear = text("SELECT person, reply FROM deliveries WHERE reply IS NOT NULL")
        with reading(engine) as connection:
            found = dict(tuple(row) for row in connection.execute(clear if BEFORE else stored))
        engine.dispose()
        return {person: found[person] for person in self.talks() & {*found}}

    def talks(self) -> set[str]:
        """Whose talks are kept."""
        engine = engine_for(self.real)
        with reading(engine) as connection:
            found = set(connection.scalars(text("SELECT person FROM conversations")))
        engine.dispose()
        return found


@contextmanager
def place_of(kind: str, url: str, folder: Path) -> Iterator[Place]:
    """Known as it is, over a wire, by a socket in a folder of its own, or on a disk that hangs
    while the file HANGING is there."""
    place = Place(url, url, folder)
    if kind == ITSELF:
        yield place
    elif kind == DISK:
        loaded = {"LD_PRELOAD": str(hanging_disk(folder)), "HANGING": str(folder / "hanging")}
        yield Place(url, url, folder, environment=loaded)
    elif kind == WIRE:
        with wired(url) as wire:
            yield Place(url, wire.url, folder, wire)
    else:
        with TemporaryDirectory() as made:  # a socket's path must be short
            mine = Path(made)
            mine.chmod(0o755)
            (mine / ".s.PGSQL.5432").symlink_to(place.sockets / ".s.PGSQL.5432")
            yield Place(url, url.replace(str(place.sockets), made), mine)


def hanging_disk(folder: Path) -> Path:
    """The library, compiled."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("no C compiler here")
    made = folder / "hanging_disk.so"
    source = Path(__file__).with_name("hanging_disk.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", made, source, "-ldl"], check=True)
    return made
