"""`xinshimin chat`: the conversation in the terminal."""

from datetime import datetime, time
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

import click

from bot.cli.rule_options import rules_folders, ruleset_option
from bot.clock import now
from dialogs.rendering import plain
from dialogs.transcript import Talker, pause, play
from scoring import load_ruleset

ZONE = ZoneInfo("Asia/Shanghai")


@click.command()
@click.option(
    "--script", type=click.File(encoding="utf-8-sig"), help="Play these lines, - for stdin."
)
@click.option(
    "--record", type=click.Path(dir_okay=False, path_type=Path), help="Write a transcript."
)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day of the talk (today).")
@ruleset_option
def command(
    script: TextIO | None, record: Path | None, on: datetime | None, ruleset_id: str
) -> None:
    """Talk with the bot here, as on WeChat. ▸ before a choice taps it; an empty line ends.

    The rules are those of XINSHIMIN_RULES and XINSHIMIN_RULESET, where they are set.
    """
    rules = load_ruleset(ruleset_id, rules_folders())
    start = datetime.combine(on.date(), time(9), ZONE) if on else now()
    talker = Talker(rules, start)
    lines = _played(talker, script) if script else _live(talker)
    if record:
        record.write_text("\n".join(lines).strip() + "\n", encoding="utf-8")


def _played(talker: Talker, script: TextIO) -> list[str]:
    lines = []
    try:
        for line in play(script, talker):
            click.echo(line)
            lines.append(line)
    except UnicodeDecodeError as fault:
        raise click.ClickException(f"{script.name} is not UTF-8; save it as UTF-8") from fault
    except ValueError as fault:
        raise click.ClickException(str(fault)) from fault
    return lines


def _live(talker: Talker) -> list[str]:
    lines = []
    said = "[关注]"
    while said:
        if said.startswith("#"):
            talker.now += pause(said)
            lines.append(f"\n{said}")
        else:
            try:
                answer = plain(talker.line(said))
            except ValueError as fault:
                answer = str(fault)
            lines += [f"\n> {said}", answer]
            click.echo(answer)
        said = _said()
    return lines


def _said() -> str:
    """The next line; nothing at the end of the input, or after Ctrl-C."""
    try:
        return str(click.prompt("", prompt_suffix="> ", default="", show_default=False)).strip()
    except click.Abort:
        click.echo()
        return ""
