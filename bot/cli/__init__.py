"""The command `xinshimin`. Each subcommand is imported only when it is called, so that
`xinshimin estimate` starts without the web framework and the database."""

from importlib import import_module
from os import environ
from pathlib import Path
from typing import Any

import click

from bot.loading import uncollected

COMMANDS = {
    "answer": "bot.cli.answer",
    "api": "bot.cli.api",
    "ask": "bot.cli.ask",
    "chat": "bot.cli.chat",
    "county": "bot.cli.county",
    "data-map": "bot.cli.data_map",
    "db": "bot.cli.db",
    "demo": "bot.cli.demo",
    "deploy": "bot.cli.deploy",
    "determine": "bot.cli.determine",
    "dialogs": "bot.cli.dialogs",
    "doctor": "bot.cli.doctor",
    "estimate": "bot.cli.estimate",
    "hear": "bot.cli.hear",
    "init": "bot.cli.init",
    "mcp": "bot.cli.mcp",
    "rules": "bot.cli.rules",
    "serve": "bot.cli.serve",
    "staff": "bot.cli.staff",
    "wechat": "bot.cli.wechat",
    "worker": "bot.cli.worker",
}


class LazyGroup(click.Group):
    """A group whose subcommands are modules with an attribute `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = COMMANDS.get(cmd_name)
        with uncollected():
            return import_module(module).command if module else None

    def invoke(self, ctx: click.Context) -> Any:
        """Whatever is called, faulty rules are said line by line, never shown as a traceback."""
        from scoring.errors import RulesetError

        try:
            return super().invoke(ctx)
        except RulesetError as error:
            from bot.cli.estimate import refuse_rules

            refuse_rules(error)


def _take_settings(context: click.Context, _option: click.Parameter, file: Path | None) -> None:
    """Before anything else reads the environment. Where there is no such file yet, `init` makes
    it."""
    from bot import settings_file
    from bot.settings import SettingsError

    context.obj = file
    if file is None or not file.exists():
        return
    try:
        environ.update(settings_file.read(file))
    except SettingsError as error:
        raise click.ClickException(str(error)) from error


def _speak_for(_context: click.Context, _option: click.Parameter, county: str) -> None:
    """Before a subcommand is imported, which may read the county. Processes that it starts speak
    for the same one."""
    from dialogs.region import CountyError, choose, folder

    try:
        choose(county)
    except CountyError as error:
        raise click.ClickException(str(error)) from error
    if county:
        environ["XINSHIMIN_COUNTY"] = str(folder())


@click.group(cls=LazyGroup)
@click.version_option(package_name="xinshimin-bot")
@click.option(
    "--settings",
    type=click.Path(dir_okay=False, path_type=Path),
    is_eager=True,
    callback=_take_settings,
    expose_value=False,
    help="A file of settings, as init writes it, over those of the environment.",
)
@click.option(
    "--county",
    envvar="XINSHIMIN_COUNTY",
    default="",
    callback=_speak_for,
    expose_value=False,
    help="Its name, or the folder it is in.",
)
def main() -> None:
    """Points of new citizens (新市民量化积分): rules, conversation and service."""
