"""`xinshimin init`: ten questions, and the files of an installation."""

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from bot.clock import now
from bot.deploy.installation import Installation, made
from bot.deploy.questions import Question, questions
from bot.settings import PREFIX, SAFE, Settings, SettingsError

ETC = Path("/etc/xinshimin")


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), required=False)
@click.pass_obj
def command(settings: Path | None, folder: Path | None) -> None:
    """Ask ten questions; write settings and secrets to FOLDER (that of --settings, or
    /etc/xinshimin), and say what to enter at WeChat.

    Where there are settings already, their values are offered, their keys kept, and the file as it
    was is kept beside the new one."""
    installation = Installation(folder or (settings.parent if settings else ETC))
    try:
        before = installation.known()
        if before:
            click.echo(f"{installation.settings} is there: its values are offered, its keys kept.")
        asked = {one.variable: _answer(one, before.get(one.variable, "")) for one in questions()}
        values = made() | before | asked
        Settings.from_environment({k: v for k, v in values.items() if k.startswith(PREFIX)})
        aside = installation.keep(values, now())
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    if aside:
        click.echo(f"The settings that were there are kept as {aside}.")
        click.echo("It holds their secrets: delete it once the service runs with the new ones.")
        click.echo("Settings and networks count when the service and nginx start anew.")
    _say_what_is_next(installation.settings, values)


def _answer(question: Question, before: str) -> str:
    """Ask until the answer will do."""
    default = before or question.default or ("" if question.optional else None)
    empty = question.optional or ("as it was" if question.hidden and before else "")
    text = question.ask + (f" - empty: {empty}" if empty else "")
    hidden = question.hidden and sys.stdin.isatty()
    shown = bool(default) and not question.hidden
    while True:
        answer: str = click.prompt(
            text, default=default, hide_input=hidden, show_default=shown
        ).strip()
        if not (why := question.fault(answer)):
            return answer
        click.echo(f"  {why}")


def _say_what_is_next(file: Path, values: Mapping[str, str]) -> None:
    click.echo(f"\nWrote {file}, which its owner alone can read.")
    click.echo("Keep a copy of its DATA_KEY and BACKUP_KEY apart from the backups.\n")
    click.echo("Once the service runs, enter at WeChat (设置与开发 > 基本配置 > 服务器配置):")
    click.echo(f"  URL             {values[f'{PREFIX}PUBLIC_URL']}/wechat")
    click.echo(f"  Token           {values[f'{PREFIX}WECHAT_TOKEN']}")
    if values[f"{PREFIX}WECHAT_MODE"] == SAFE:
        click.echo(f"  EncodingAESKey  {values[f'{PREFIX}WECHAT_AES_KEY']}")
        click.echo("  消息加解密方式  安全模式")
    click.echo("and the address of this machine in the IP list (IP白名单).")
    click.echo("Next: xinshimin db upgrade, the certificate, the start, as the guide says.")
