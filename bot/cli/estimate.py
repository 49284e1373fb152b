"""`xinshimin estimate FACTS`: from a file of facts to an estimate."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from os import environ
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import click

from dialogs.words import say
from scoring import FactsError, RulesetError, estimate, load_ruleset
from scoring.located import parse_yaml

DAY = click.DateTime(["%Y-%m-%d"])


@click.command("estimate")
@click.argument("facts_file", metavar="FACTS.yaml|-")
@click.option("--ruleset", "ruleset_id", default="yongjia-2022", show_default=True)
@click.option("--on", "on", type=DAY, help="Day of the estimate; today in Shanghai by default.")
@click.option("--json", "as_json", is_flag=True, help="The whole estimate as JSON.")
def command(facts_file: str, ruleset_id: str, on: datetime | None, as_json: bool) -> None:
    """The points that the facts in FACTS.yaml (or JSON; `-`: standard input) come to.

    An unknown fact is left out. Rules of the folder XINSHIMIN_RULES count.
    """
    day = on.date() if on else today()
    try:
        ruleset = load_ruleset(ruleset_id, rules_folder())
        result = estimate(ruleset, facts_of(facts_file), on=day)
    except FactsError as error:
        refuse(f"{facts_file}: {error}")
    except RulesetError as error:
        refuse(str(error))
    if as_json:
        click.echo(json.dumps(result.as_json(), ensure_ascii=False, indent=2))
    else:
        click.echo(say("cli/estimate", result=result, ruleset=ruleset))


def facts_of(file: str) -> Mapping[str, Any]:
    """The facts in a file as they are written; not yet validated. Exits with 2 where it is none."""
    try:
        facts = parse_yaml(_read(file), file)
    except RulesetError as error:
        refuse(str(error))
    if facts is None:
        return {}
    if not isinstance(facts, Mapping):
        refuse(f"{file}: write one fact a line, like `education: bachelor`")
    return facts


def _read(file: str) -> str:
    try:
        with click.open_file(file, encoding="utf-8-sig") as stream:
            return str(stream.read())
    except OSError as error:
        refuse(f"{file}: {error.strerror}")
    except UnicodeDecodeError:
        refuse(f"{file}: the file is not UTF-8; save it as UTF-8")


def rules_folder() -> str | None:
    """The office's own folder of rules, if there is one."""
    return environ.get("XINSHIMIN_RULES") or None


def today() -> date:
    """The day it is in Yongjia."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def refuse(message: str) -> NoReturn:
    """Say what is wrong and end with 2."""
    click.echo(message, err=True)
    raise SystemExit(2)
