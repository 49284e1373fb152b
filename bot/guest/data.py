"""What `guest.yaml` says, and the county's own instead of it."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.settings import SettingsError
from dialogs import data
from dialogs.region import folder

FILE = "guest.yaml"
Words = Annotated[tuple[str, ...], Field(min_length=1)]


class Guest(BaseModel):
    """The words in and out, of which people are told the first, and which events both sides
    need."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: Words
    leave: Words
    silence_minutes: Annotated[int, Field(ge=1, le=1440)]
    both: Mapping[str, str]
    """Names of events in small letters, with the reason."""


@cache
def guest() -> Guest:
    """Raises SettingsError where the county's file is not as it should be."""
    told = data.load("bot.guest", FILE, dict[str, Any])
    own = folder() / FILE
    if own.is_file():
        told |= checked(own)
    try:
        return Guest.model_validate(told)
    except ValidationError as error:
        raise SettingsError(f"{own}: {faults(error)}") from error


def checked(file: Path) -> dict[str, Any]:
    """What a file says, by its keys. Raises SettingsError, which names the line, where it says
    none."""
    try:
        read = data.read(file, Any)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingsError(f"{file}: {error}") from error
    if not isinstance(read, dict):
        raise SettingsError(f"{file}: write `key: value`, one a line")
    return read


def faults(error: ValidationError) -> str:
    """All that is wrong, each with its place."""
    each = ((".".join(map(str, one["loc"])), one["msg"]) for one in error.errors())
    return "; ".join(f"{place}: {message}" for place, message in each)
