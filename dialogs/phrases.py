"""The words: every sentence of the chat is a template under `templates/chat`.

A template may end in choices and links, one a line, so that a clerk sees the whole message:

    ▸ agree 同意，开始测积分 | 同意 好的
    → /privacy 隐私说明

A choice is its key, its label and, after the bar, other words people use for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from dialogs import labels
from dialogs.labels import Key, choices
from dialogs.region import region
from dialogs.reply import Choice, Link, Reply

KEEP_DAYS = 180
"""Days after which an unused talk is deleted, as the welcome says; the service sets its own."""


def points(value: Decimal | int) -> str:
    """A number as people read it: 10.50 → 10.5, 20.0 → 20."""
    number = Decimal(value)
    return f"{number.normalize():f}" if number.is_finite() else say("endless")


def day(value: date | str) -> str:
    """2026-11-03 → 2026年11月3日."""
    value = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{value.year}年{value.month}月{value.day}日"


class _Words(Environment):
    """Templates share the environment's values; Jinja2 would wrap them anew for each template,
    and look through that wrapper at each rendering."""

    def make_globals(self, d: MutableMapping[str, object] | None) -> MutableMapping[str, object]:
        return super().make_globals(d) if d else self.globals


@cache
def environment() -> Environment:
    """The chat's templates. A missing value is an error, never an empty place in a sentence."""
    made = _Words(
        loader=FileSystemLoader(str(files("templates") / "chat")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        autoescape=False,  # plain text; the channel escapes what it must
    )
    made.filters.update(points=points, day=day)
    made.globals.update(contact=region().telephone, keep_days=KEEP_DAYS)
    return made


@cache
def _template(name: str) -> Template:
    return environment().get_template(f"{name}.txt")


def say(name: str, **values: object) -> str:
    """Render `templates/chat/<name>.txt`, without blank lines at either end."""
    return _template(name).render(**values).strip()


@cache
def exists(name: str) -> bool:
    """Whether there is such a template."""
    return f"{name}.txt" in environment().list_templates()


def ask(name: str, scope: str, keys: Iterable[str | Key], **values: object) -> Reply:
    """Render a template, with the answers of these keys as the template calls them (see
    `dialogs.labels`)."""
    told = _reply(_text(name).render(**values).strip(), scope)
    return replace(told, choices=tuple(choices(_labels(name), keys, scope, values)))


@cache
def _text(name: str) -> Template:
    return labels.text(environment(), name)


@cache
def _labels(name: str) -> Mapping[str, labels.Label]:
    return labels.read(environment(), name)


def reply(name: str, scope: str, **values: object) -> Reply:
    """Render a template with its choices and links; `scope` goes before the key in each tap id.

    The words 上一步, 结果 … can be offered from anywhere: their keys start with "word:".
    """
    return _reply(say(name, **values), scope)


def _reply(message: str, scope: str) -> Reply:
    text: list[str] = []
    choices: list[Choice] = []
    links: list[Link] = []
    for line in message.splitlines():
        head, _, rest = line.partition(" ")
        if head == "▸":
            choices.append(_choice(len(choices) + 1, rest, scope))
        elif head == "→":
            page, _, label = rest.partition(" ")
            links.append(Link(label, page))
        else:
            text.append(line)
    return Reply("\n".join(text).strip(), tuple(choices), tuple(links))


def _choice(number: int, line: str, scope: str) -> Choice:
    """`key label | alias alias` as a choice."""
    key, _, words = line.partition(" ")
    label, _, aliases = words.partition(" | ")
    tap = key.replace(":", ".") if key.startswith("word:") else f"{scope}.{key}"
    return Choice(number, label, tap, tuple(aliases.split()))
