"""The labels of the answers to tap. A flow names their keys; the template of its message says how
each is called, one a line, so that a clerk sees the whole message in one file:

    ▸ agree 同意，开始测积分 | 同意 好的
    ▸ word:result 看结果

A key, its label and, after the bar, other words that people use for it. What several messages of a
folder offer stands in its `_choices.txt`. These lines are read from the template, never out of a
message: no name and no address that it tells can become an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from jinja2 import Environment, FileSystemLoader, Template, TemplateNotFound

from dialogs.reply import Choice

HEAD = "▸ "
WORD = "word:"
"""The words 上一步, 结果 … can be offered from anywhere: their keys begin so."""


@dataclass(frozen=True, slots=True)
class Key:
    """An answer on offer. `label` is the line of the template that names it, that of its own `id`
    unless said; `values` are what that line tells (a day, a township)."""

    id: str
    label: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Label:
    """A line of a template: what is read, and the other words for it. A part without a value is
    plain text: rendering it costs more than all else."""

    text: str | Template
    aliases: str | Template


def choices(
    labels: Mapping[str, Label], keys: Iterable[str | Key], scope: str, values: Mapping[str, object]
) -> Iterator[Choice]:
    """The keys as choices, numbered from 1; `scope` goes before the key in each tap id."""
    for number, offered in enumerate(keys, 1):
        key = Key(offered) if isinstance(offered, str) else offered
        label = labels[key.label or key.id]
        text = _told(label.text, key, values)
        aliases = _told(label.aliases, key, values)
        yield Choice(number, text, tap(key.id, scope), tuple(aliases.split()))


def _told(part: str | Template, key: Key, values: Mapping[str, object]) -> str:
    return part if isinstance(part, str) else part.render({**values, **key.values}).strip()


def tap(key: str, scope: str) -> str:
    """The id that comes back with a tap.

    >>> tap("yes", "restart"), tap("word:result", "home")
    ('restart.yes', 'word.result')
    """
    return key.replace(":", ".") if key.startswith(WORD) else f"{scope}.{key}"


def lines(source: str) -> Iterator[tuple[str, str, str]]:
    """The key, the label and the other words of each answer that a template names.

    >>> list(lines("去吗？\\n▸ yes 去 | 好 行\\n▸ no 不去"))
    [('yes', '去', '好 行'), ('no', '不去', '')]
    """
    for line in source.splitlines():
        if line.startswith(HEAD):
            key, _, words = line.removeprefix(HEAD).partition(" ")
            label, _, aliases = words.partition(" | ")
            yield key, label, aliases


class Texts(FileSystemLoader):
    """Templates without the lines that name answers."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, path, unchanged = super().get_source(environment, template)
        lines = (line for line in source.splitlines() if not line.startswith(HEAD))
        return "\n".join(lines), path, unchanged

    def whole(self, environment: Environment, template: str) -> str:
        """A template as it is written."""
        return super().get_source(environment, template)[0]


def read(environment: Environment, name: str) -> Mapping[str, Label]:
    """The labels of a template, and those of its folder."""
    folder = name.rpartition("/")[0]
    return {**_own(environment, f"{folder}/_choices.txt"), **_own(environment, f"{name}.txt")}


@cache
def _own(environment: Environment, name: str) -> Mapping[str, Label]:
    try:
        source = _source(environment, name)
    except TemplateNotFound:
        return {}
    macros = "".join(line for line in source.splitlines() if line.startswith("{% from "))

    def part(text: str) -> str | Template:
        return environment.from_string(macros + text) if "{" in text else text

    return {key: Label(part(label), part(words)) for key, label, words in lines(source)}


def _source(environment: Environment, name: str) -> str:
    assert isinstance(environment.loader, Texts)  # noqa: S101 - as phrases makes it
    return environment.loader.whole(environment, name)
