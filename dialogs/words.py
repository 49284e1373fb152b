"""The words: every sentence of the chat is a template under `templates/chat`."""

from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def points(value: Decimal | int) -> str:
    """A number as people read it: 10.50 → 10.5, 20.0 → 20."""
    return f"{Decimal(value).normalize():f}"


def day(value: date) -> str:
    """2026-11-03 → 2026年11月3日."""
    return f"{value.year}年{value.month}月{value.day}日"


@cache
def environment() -> Environment:
    """The chat's templates. A missing value is an error, never an empty place in a sentence."""
    made = Environment(
        loader=FileSystemLoader(str(files("templates") / "chat")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 - plain text; the channel escapes what it must
    )
    made.filters.update(points=points, day=day)
    return made


def say(name: str, **values: object) -> str:
    """Render `templates/chat/<name>.txt`, without blank lines at either end."""
    return environment().get_template(f"{name}.txt").render(**values).strip()
