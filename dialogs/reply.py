"""What the bot says: a text, answers to tap, links to pages. Rendering is the channel's."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that can be tapped, or given by its number or its word.

    `tap` comes back as the menu id; it carries the question's version, because old bubbles are
    tapped days later.
    """

    number: int
    label: str
    tap: str


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the service: `page` is the path ("/privacy", "/rules/skill"); "/sheet" is the
    person's own sheet, for which the service makes a token."""

    label: str
    page: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One message."""

    text: str
    choices: tuple[Choice, ...] = ()
    links: tuple[Link, ...] = ()
