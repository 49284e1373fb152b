"""Which files of the county's own the console changes, and where they are."""

import os
import re
from pathlib import Path

from bot.office_files.writing import read
from bot.settings import Settings
from dialogs.region import folder
from dialogs.region.admissions import FILE as ADMISSIONS
from dialogs.region.admissions import admissions_file
from scoring import RulesetError
from scoring.counties import PACKAGED, RULES
from scoring.engine.loading import own_files
from scoring.rulefile.yaml_source import parse_yaml

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}\.yaml")
"""Of a new file that amends the rules."""


def rules_folder(settings: Settings) -> Path:
    """Where files that amend the rules are kept: the office's own folder, else the county's."""
    return settings.rules or folder() / RULES


def path_of(settings: Settings, file: str) -> Path | None:
    """The path of a file by the name it has in the console; None for a name that is none."""
    if file == ADMISSIONS:
        return admissions_file()
    place, _, name = file.partition("/")
    path = rules_folder(settings) / name
    new = NAME.fullmatch(name) and not path.exists()
    return path if place == RULES and (new or file in amendments(settings)) else None


def amendments(settings: Settings) -> dict[str, Path]:
    """The files that amend the rules, by the names they have in the console. What is damaged may be
    one of them; whole rulesets are none."""
    try:
        found = own_files(rules_folder(settings))
    except RulesetError:
        return {}
    return {f"{RULES}/{path.name}": path for path in found if not is_ruleset(path)}


def in_the_way(path: Path) -> str:
    """Why the console cannot write a file: it is `packaged`, or its folder `closed`; "" where
    nothing is in the way."""
    if path.resolve().is_relative_to(PACKAGED.resolve()):
        return "packaged"
    return "" if os.access(path.parent, os.W_OK | os.X_OK) else "closed"


def is_ruleset(path: Path) -> bool:
    """Whether a file is a whole ruleset, which the console does not change."""
    try:
        written = parse_yaml(read(path) or "", path.name)
    except (RulesetError, UnicodeDecodeError, OSError):
        return False
    return isinstance(written, dict) and "id" in written
