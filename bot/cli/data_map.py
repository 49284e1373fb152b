"""`xinshimin data-map`: what is kept of people, column by column."""

import json
from os import environ
from typing import Any

import click

from bot.data_map import as_data, as_markdown
from bot.settings import PREFIX, Settings

OF_TIMES = ("keep_days", "blank_days", "wechat_skew_seconds")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs, instead of Markdown.")
def command(as_json: bool) -> None:
    """Print what is kept, why, on which basis, for how long, where, and who sees it. The times are
    those of the environment's settings."""
    settings = _settings()
    if as_json:
        click.echo(json.dumps(as_data(settings), ensure_ascii=False, indent=1))
    else:
        click.echo(as_markdown(settings))


def _settings() -> Settings:
    """The settings that say how long things are kept; no secret is needed to print them."""
    given: dict[str, Any] = {}
    for name in OF_TIMES:
        text = environ.get(PREFIX + name.upper(), "").strip()
        if text and not text.isdecimal():
            raise click.ClickException(f"{PREFIX}{name.upper()} is {text!r}: no whole number.")
        if text:
            given[name] = int(text)
    return Settings(**given)
