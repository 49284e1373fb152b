"""`xinshimin wechat`: the account at the platform."""

import json

import click

from bot.wechat.menu import menu_json


@click.group()
def command() -> None:
    """The account at WeChat."""


@command.command()
@click.option("--publish", is_flag=True, help="Send it to WeChat instead of printing it.")
@click.option(
    "--public-url",
    envvar="XINSHIMIN_PUBLIC_URL",
    default="https://example.cn",
    help="Where the pages are; the menu links to them.",
)
def menu(publish: bool, public_url: str) -> None:
    """Print the account's menu as the platform wants it, or publish it."""
    body = menu_json(public_url.rstrip("/"))
    if not publish:
        click.echo(json.dumps(body, ensure_ascii=False, indent=2))
        return
    raise click.ClickException("not yet")
