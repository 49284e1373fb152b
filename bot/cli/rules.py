"""`xinshimin rules`: what rulesets there are, what they say, whether they are sound."""

from datetime import date, datetime
from pathlib import Path

import click

from bot.cli.estimate import DAY, refuse, today
from bot.cli.rule_options import rules_folders
from dialogs.phrases import say
from scoring import Ruleset, RulesetError, list_rulesets, load_ruleset
from scoring.analysis.compare import differences
from scoring.engine.loading import check_packaged, check_path

ON = click.option("--on", "on", type=DAY, help="Values of this day; today by default.")


@click.group("rules")
def command() -> None:
    """Rulesets: list, check, show, compare. Files of the folder XINSHIMIN_RULES count."""


@command.command("list")
def list_() -> None:
    """All rulesets, a line each."""
    try:
        for ruleset in list_rulesets(rules_folders()):
            click.echo(f"{ruleset.id}\t{ruleset.title}")
    except RulesetError as error:
        refuse(str(error))


@command.command("check")
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
def check(path: Path | None) -> None:
    """Every fault of PATH, a rules file or a folder of them; without PATH, of all rules in use.

    Ends with 1 where there is a fault.
    """
    folders = rules_folders()
    try:
        faults = check_path(path) if path else check_packaged()
        for folder in () if path else folders:
            faults += check_path(folder)
    except RulesetError as error:
        faults = list(error.faults)
    for fault in dict.fromkeys(faults):
        click.echo(str(fault), err=True)
    if faults:
        raise SystemExit(1)
    click.echo(say("cli/rules_sound", path=path or "、".join(map(str, folders))))


@command.command("show")
@click.argument("ruleset_id", metavar="ID")
@ON
def show(ruleset_id: str, on: datetime | None) -> None:
    """Every row of a ruleset with its values, status and source."""
    day = _day(on)
    ruleset = _loaded(ruleset_id)
    click.echo(say("cli/rules_show", ruleset=ruleset, figures=ruleset.figures(day), on=day))


@command.command("diff")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@ON
def diff(before: str, after: str, on: datetime | None) -> None:
    """What ruleset B changes against A, row by row, with the reasons its source gives."""
    day = _day(on)
    old, new = _loaded(before), _loaded(after)
    found = [one for one in differences(old, new, on=day) if one.kind != "same"]
    click.echo(say("cli/rules_diff", before=old, after=new, differences=found))


def _loaded(id: str) -> Ruleset:
    try:
        return load_ruleset(id, rules_folders())
    except RulesetError as error:
        refuse(str(error))


def _day(on: datetime | None) -> date:
    return on.date() if on else today()
