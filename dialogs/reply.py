"""What the bot says: a text, answers to tap, links to pages. Rendering is the channel's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that can be tapped, or given by its number or its word.

    `tap` comes back as the menu id: scope, revision and key joined by dots
    ("education.1.bachelor"), because old bubbles are tapped days later. `aliases` are other words
    people use for it. `letter`: it goes by this instead of a number, under a question whose answer
    is a number.
    """

    number: int
    label: str
    tap: str
    aliases: tuple[str, ...] = ()
    letter: str = ""

    @property
    def sign(self) -> str:
        """What stands before it and can be typed; "" where it goes by its label alone."""
        return self.letter or (str(self.number) if self.number else "")

    @property
    def key(self) -> str:
        """The last part of the tap id.

        >>> Choice(1, "本科", "education.1.bachelor").key
        'bachelor'
        """
        return self.tap.rpartition(".")[2]


def shifted(choices: Iterable[Choice], by: int) -> tuple[Choice, ...]:
    """Choices that follow others in a list: their numbers go on from there."""
    return tuple(replace(choice, number=choice.number + by) for choice in choices)


def unnumbered(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """Choices that go by their labels alone, where numbers are those of something else."""
    return tuple(replace(choice, number=0) for choice in choices)


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

    def after(self, note: str) -> Reply:
        """The same reply with something said first."""
        return replace(self, text=f"{note}\n{self.text}".strip()) if note else self
