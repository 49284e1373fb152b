"""The topics the bot can speak of, and the neighbouring services it points to: data, read once."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

GROUPS = ("who", "how", "use", "structure", "common", "county", "deductions")
"""One file each under `topics/`, in the order of the menu."""


class Topic(BaseModel):
    """Something people ask: how they ask it, and what the answer leads to. The answer itself is
    `templates/chat/faq/<id>.txt`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    group: str
    title: str
    aliases: tuple[str, ...]
    items: tuple[str, ...] = ()
    """The rows of any ruleset that the answer speaks of; their category's page is linked."""
    offers: tuple[Literal["estimate", "book"], ...] = ()
    """What can be done next by a tap: start or go on with the estimate, book a review."""


class Neighbour(BaseModel):
    """A service that people take for ours, and where it is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    where: str
    aliases: tuple[str, ...]


@cache
def topics() -> dict[str, Topic]:
    """All topics by id, in the order of the menu."""
    return {topic.id: topic for group in GROUPS for topic in _group(group)}


@cache
def neighbours() -> dict[str, Neighbour]:
    """All neighbouring services by id."""
    read = TypeAdapter(list[Neighbour]).validate_python(_data("neighbours.yaml"))
    return {neighbour.id: neighbour for neighbour in read}


def _group(group: str) -> Iterator[Topic]:
    for row in TypeAdapter(list[dict[str, object]]).validate_python(_data(f"topics/{group}.yaml")):
        yield Topic.model_validate({**row, "group": group})


def _data(path: str) -> object:
    return yaml.safe_load((files("dialogs.faq") / path).read_text("utf-8"))
