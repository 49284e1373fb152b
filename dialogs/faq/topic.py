"""The topics the bot can speak of, and the neighbouring services it points to: data, read once."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter

from dialogs import data
from dialogs.region import folder, read_local
from scoring.counties import PACKAGED

GROUPS = ("who", "how", "use", "structure", "bot", "common", "county", "deductions")
"""One file each under `topics/`, in the order of the menu."""


class Entry(BaseModel):
    """Something people ask, and how they ask it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    aliases: tuple[str, ...]


class TopicSource(BaseModel):
    """What an answer rests on: an id of `sources.yaml`, and the words of the document."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    of: str
    place: str = ""


class Origin(BaseModel):
    """A source of answers. `sure`: it says itself what it is cited for; what rests on others alone
    is worded so (`check_claims`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    sure: bool


class TopicLink(BaseModel):
    """A page that does what a topic asks for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    page: str


class Topic(Entry):
    """An entry that the bot answers: with `templates/chat/faq/<id>.txt`."""

    group: str
    sources: tuple[TopicSource, ...] = ()
    """What its sentences rest on, beside the figures, which bring their own source."""
    background: bool = False
    """Whether it speaks of how the rules were made: that page is linked."""
    link: TopicLink | None = None
    items: tuple[str, ...] = ()
    """The rows of any ruleset that the answer speaks of; their category's page is linked."""
    subject: str = ""
    """What its rows are about: where the rules have none of them, that is all that is said."""
    tells_where: bool = False
    """Whether the answer itself says where what it speaks of is obtained."""
    heeded: bool = False
    """Whether who only tells it is answered, too: 我不识字, 我有台胞证."""
    offers: tuple[Literal["estimate", "book"], ...] = ()
    """What can be done next by a tap: start or go on with the estimate, book a review."""


class Neighbour(Entry):
    """A service that people take for ours, and where it is."""

    where: str
    obtains: bool = False
    """Whether something that counts for points is obtained there: a certificate, a deed."""


def read_topics(common: Traversable) -> dict[str, Topic]:
    """The topics of a folder by id, in the order of the menu."""
    groups = (_topics(common / "topics" / f"{group}.yaml", group) for group in GROUPS)
    return {id: topic for group in groups for id, topic in group.items()}


def _topics(file: Traversable, group: str) -> dict[str, Topic]:
    rows = TypeAdapter(list[dict[str, object]]).validate_python(read_local(file))
    topics = (Topic.model_validate({**row, "group": group}) for row in rows)
    return {topic.id: topic for topic in topics}


def read_neighbours(common: Traversable) -> dict[str, Neighbour]:
    """The neighbouring services of a folder by id."""
    read = TypeAdapter(list[Neighbour]).validate_python(read_local(common / "neighbours.yaml"))
    return {neighbour.id: neighbour for neighbour in read}


@cache
def topics() -> dict[str, Topic]:
    """The package's topics, and on top of them the county's own."""
    own = folder() / "faq" / "topics.yaml"
    return read_topics(files("dialogs.faq")) | (_topics(own, "county") if own.exists() else {})


@cache
def neighbours() -> dict[str, Neighbour]:
    """The package's neighbouring services."""
    return read_neighbours(files("dialogs.faq"))


@cache
def origins() -> dict[str, Origin]:
    """What answers may rest on in this county, by id."""
    own = folder() / "faq" / "sources.yaml"
    common = data.load("dialogs.faq", "sources.yaml", dict[str, Origin])
    return common | (data.read(own, dict[str, Origin]) if own.exists() else {})


@cache
def documents_of_counties() -> frozenset[str]:
    """What answers rest on in any county of the package: known, if not in this one."""
    files = (data.read(file, dict[str, Any]) for file in PACKAGED.glob("*/faq/sources.yaml"))
    return frozenset(id for read in files for id in read)


@cache
def chatter() -> tuple[str, ...]:
    """What people also write, and nobody answers."""
    return TypeAdapter(tuple[str, ...]).validate_python(
        read_local(files("dialogs.faq") / "chatter.yaml")
    )
