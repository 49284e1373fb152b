"""The words: every sentence of the chat is a template under `templates/chat`.

A template may end in the labels of its answers (see `dialogs.labels`) and in links, one a line, so
that a clerk sees the whole message:

    ▸ agree 同意，开始测积分 | 同意 好的
    → /privacy 隐私说明
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from dialogs import labels
from dialogs.intents.household import yours
from dialogs.labels import Key, Texts, choices
from dialogs.law import law
from dialogs.region import folder, region
from dialogs.reply import Choice, Link, Reply
from scoring.engine.notices import why_open
from scoring.engine.told import words

BLANK_DAYS = 90
"""Days after an appointment when who had it, and how to reach them, is blanked."""
KEEP_DAYS = 180
"""Days after which an unused talk is deleted, as the welcome says. The service sets its own, and
`operator`: who runs it, and whether it `reminds`: without a template of notices it cannot;
whether it `texts`: without a gateway for SMS it cannot."""


def points(value: Decimal | int) -> str:
    """A number as people read it: 10.50 → 10.5, 20.0 → 20."""
    number = Decimal(value)
    return f"{number.normalize():f}" if number.is_finite() else say("endless")


def day(value: date | str) -> str:
    """2026-11-03 → 2026年11月3日."""
    value = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{value.year}年{value.month}月{value.day}日"


def month(value: date) -> str:
    """2026-11-03 → 2026年11月."""
    return f"{value.year}年{value.month}月"


class _Words(Environment):
    """Templates share the environment's values; Jinja2 would wrap them anew for each template,
    and look through that wrapper at each rendering."""

    def make_globals(self, d: MutableMapping[str, object] | None) -> MutableMapping[str, object]:
        return super().make_globals(d) if d else self.globals


@cache
def environment() -> Environment:
    """The chat's templates. A missing value is an error, never an empty place in a sentence."""
    made = _Words(
        loader=Texts([str(folder()), str(files("templates") / "chat")]),  # the county's first
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        autoescape=False,  # plain text; the channel escapes what it must
    )
    made.filters.update(points=points, day=day, month=month, yours=yours, why_open=why_open)
    made.globals.update(of_no_service(), law=law(), ways=words())
    return made


def of_no_service() -> dict[str, object]:
    """What the templates tell of the service, as long as none has said otherwise."""
    return {
        "county": region(),
        "contact": region().telephone,
        "keep_days": KEEP_DAYS,
        "blank_days": BLANK_DAYS,
        "operator": "",
        "reminds": True,
        "texts": False,
    }


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
    """Render a template, with the answers of these keys as it calls them (see `dialogs.labels`)."""
    return replace(reply(name, **values), choices=offered(name, scope, keys, **values))


def offered(
    name: str, scope: str, keys: Iterable[str | Key], **values: object
) -> tuple[Choice, ...]:
    """The answers of these keys as a template calls them."""
    return tuple(choices(_labels(name), keys, scope, values))


@cache
def _labels(name: str) -> Mapping[str, labels.Label]:
    return labels.read(environment(), name)


def reply(name: str, **values: object) -> Reply:
    """Render a template with its links."""
    text: list[str] = []
    links: list[Link] = []
    for line in say(name, **values).splitlines():
        head, _, rest = line.partition(" ")
        if head == "→":
            page, _, label = rest.partition(" ")
            links.append(Link(label, page))
        else:
            text.append(line)
    return Reply("\n".join(text).strip(), links=tuple(links))
