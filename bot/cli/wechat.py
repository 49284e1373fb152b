"""`xinshimin wechat`: the account at the platform."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import yaml

from bot.cli.rule_options import rules_folders
from bot.clock import now
from bot.guest.autoreply import autoreply
from bot.guest.menu import MenuError, changes, current, merged
from bot.guest.taken_over import taken_over
from bot.sealing.keyring import engine_of
from bot.settings import Settings, SettingsError
from bot.wechat.client import NO_RIGHT, ApiError, Client, UnreachableError
from bot.wechat.menu import menu_json
from dialogs.region import region
from scoring import load_ruleset

EXAMPLE = "https://example.cn"
PUBLISHED = "Published. Phones show it within a day, or after following anew."
CONDITIONAL = (
    "{number} conditional menus (个性化菜单) stay as they are: people who are shown one of them "
    "see no button of ours."
)


@click.group()
def command() -> None:
    """The account at WeChat."""


@command.command()
@click.option("--publish", is_flag=True, help="Send it to WeChat instead of printing it.")
@click.option("--merge", is_flag=True, help="Add ours to the menu that is there.")
@click.option(
    "--public-url", envvar="XINSHIMIN_PUBLIC_URL", default="", help="Where the pages are."
)
def menu(publish: bool, merge: bool, public_url: str) -> None:
    """Print the account's menu as the platform wants it, or publish it.

    With --merge nothing of the menu that is there is changed: what would be added is shown.
    """
    if (publish or merge) and not public_url:
        raise click.ClickException("The menu links to pages: set XINSHIMIN_PUBLIC_URL first.")
    root = (public_url or EXAMPLE).rstrip("/")
    if merge:
        _merge(root, publish)
    elif publish:
        with _asking() as client:
            _demand_own_account()
            client.call("menu/create", menu_json(root, _is_compared()))
        click.echo(PUBLISHED)
    else:
        click.echo(json.dumps(menu_json(root, _is_compared()), ensure_ascii=False, indent=2))


def _demand_own_account() -> None:
    if Settings.from_environment().is_guest:
        raise MenuError("The account has other buttons, which this would remove: add --merge.")


def _merge(root: str, publish: bool) -> None:
    with _asking() as client:
        there = current(client)
        after = merged(there.buttons, root)
        click.echo(changes(there.buttons, after))
        if there.conditional:
            click.echo(CONDITIONAL.format(number=there.conditional))
        if after == there.buttons:
            click.echo("Ours is in the menu already.")
        elif publish:
            client.call("menu/create", {"button": after})
            click.echo(PUBLISHED)
        else:
            click.echo("Nothing was changed. --publish sends it.")


@command.command("autoreply")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--fetch", is_flag=True, help="Write FILE anew, from what is set at WeChat.")
def take_over(file: Path, fetch: bool) -> None:
    """Check the account's own replies (自动回复) in FILE, which XINSHIMIN_AUTOREPLY names.

    WeChat stops giving them once the account has a callback: fetch them before.
    """
    if fetch:
        if file.exists():
            raise click.ClickException(f"{file} is there already: remove it, or name another one.")
        with _asking() as client:
            made, left = taken_over(client.call("get_current_autoreply_info"))
        text = yaml.safe_dump(made, allow_unicode=True, sort_keys=False)
        file.write_text(text, encoding="utf-8")
        for line in left:
            click.echo(f"Not taken over: {line}.")
    try:
        replies = autoreply(file)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    words = sum(len(rule.exact) + len(rule.contains) for rule in replies.keywords)
    click.echo(f"{file}: {len(replies.keywords)} rules with {words} words.")


def _is_compared() -> bool:
    """Whether the rules in force have earlier ones to compare with."""
    return load_ruleset(region().ruleset, rules_folders()).predecessor is not None


@contextmanager
def _asking() -> Iterator[Client]:
    """The platform's API; what goes wrong is said in a sentence."""
    try:
        settings = Settings.from_environment()
        yield Client(settings, engine_of(settings), now)
    except (SettingsError, MenuError) as error:
        raise click.ClickException(str(error)) from error
    except ApiError as error:
        if error.code == NO_RIGHT:
            why = "this account has no right to it; its rights are listed at WeChat (接口权限)"
            raise click.ClickException(f"WeChat refused: {error}: {why}.") from error
        raise click.ClickException(f"WeChat refused: {error}") from error
    except UnreachableError as error:
        raise click.ClickException(f"WeChat was not reached: {error}") from error
