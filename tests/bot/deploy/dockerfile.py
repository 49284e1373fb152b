"""A Dockerfile's steps, done in a Debian of our own: as much of its language as ours uses."""

import json
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from tests.bot.deploy.debian import ROOT, SOURCE, Debian

TELLING = {"FROM", "VOLUME", "EXPOSE"}  # nothing to be done here


@dataclass
class Image:
    """What the steps so far have said."""

    debian: Debian
    folder: str = "/"
    user: str = "root"
    command: list[str] = field(default_factory=list)
    health: str = ""

    def build(self, file: Path) -> None:
        """All steps of it. Raises ValueError for one that is not known here."""
        joined = re.sub(r"\\\n", "", re.sub(r"^#.*\n", "", file.read_text("utf-8"), flags=re.M))
        for line in filter(None, joined.splitlines()):
            word, _, rest = line.partition(" ")
            if word not in TELLING:
                step = getattr(self, f"_{word.lower()}", None)
                if step is None:
                    raise ValueError(f"{word}: this step is not known here")
                step(rest)

    def run(self, command: str) -> str:
        """What a shell says to it, as the image's user in its folder."""
        return self.debian.run(self.as_user(f"cd {self.folder}; {command}"))

    def as_user(self, command: str) -> str:
        """The command for a shell of root."""
        quoted = command.replace("'", "'\\''")
        return f"runuser -u {self.user} -- bash -euc '{quoted}'"

    def _run(self, rest: str) -> None:
        self.run(rest)

    def _env(self, rest: str) -> None:
        name, _, value = rest.partition("=")
        self.debian.environment[name] = value

    def _workdir(self, rest: str) -> None:
        self.folder = rest
        self.debian.run(f"mkdir -p {rest}")

    def _user(self, rest: str) -> None:
        self.user = rest

    def _copy(self, rest: str) -> None:
        source, target = rest.split()
        assert (self.folder, target) == (SOURCE, ".")  # where `made` lays the files of `.`
        if source != ".":
            shutil.copy(ROOT / source, self.debian.root / SOURCE.lstrip("/") / source)

    def _healthcheck(self, rest: str) -> None:
        self.health = rest.partition("CMD ")[2]

    def _cmd(self, rest: str) -> None:
        self.command = json.loads(rest)
