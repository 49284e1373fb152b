"""`xinshimin wechat`: the account at the platform."""

import json

import click

from bot.cli.rule_options import rules_folders
from bot.clock import now
from bot.sealing.keyring import engine_of
from bot.settings import Settings, SettingsError
from bot.wechat.client import ApiError, Client, UnreachableError
from bot.wechat.menu import menu_json
from dialogs.region import region
from scoring import load_ruleset

EXAMPLE = "https://example.cn"


@click.group()
def command() -> None:
    """The account at WeChat."""


@command.command()
@click.option("--publish", is_flag=True, help="Send it to WeChat instead of printing it.")
@click.option(
    "--public-url", envvar="XINSHIMIN_PUBLIC_URL", default="", help="Where the pages are."
)
def menu(publish: bool, public_url: str) -> None:
    """Print the account's menu as the platform wants it, or publish it."""
    if publish:
        if not public_url:
            raise click.ClickException("The menu links to pages: set XINSHIMIN_PUBLIC_URL first.")
        _publish(public_url)
        click.echo("Published. Phones show it within a day, or after following anew.")
    else:
        body = menu_json((public_url or EXAMPLE).rstrip("/"), _is_compared())
        click.echo(json.dumps(body, ensure_ascii=False, indent=2))


def _is_compared() -> bool:
    """Whether the rules in force have earlier ones to compare with."""
    return load_ruleset(region().ruleset, rules_folders()).predecessor is not None


def _publish(public_url: str) -> None:
    try:
        settings = Settings.from_environment()
        client = Client(settings, engine_of(settings), now)
        client.call("menu/create", menu_json(public_url.rstrip("/"), _is_compared()))
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    except ApiError as error:
        raise click.ClickException(f"WeChat refused the menu: {error}") from error
    except UnreachableError as error:
        raise click.ClickException(f"WeChat was not reached: {error}") from error
