"""`xinshimin estimate FACTS`: from a file of facts to an estimate."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import click

from bot.cli.estimate_batch import batch, batch_options
from bot.cli.estimate_more import More
from bot.cli.installation_key import key
from bot.cli.rule_options import rules_folders, ruleset_option
from dialogs.phrases import say
from scoring import (
    FactsError,
    Ruleset,
    RulesetError,
    determination,
    estimate,
    estimate_json,
    load_ruleset,
)
from scoring.rulefile.chinese import in_chinese, told
from scoring.rulefile.yaml_source import parse_yaml

DAY = click.DateTime(["%Y-%m-%d"])


@click.command("estimate")
@click.argument("facts_file", metavar="[FACTS.yaml|-]", required=False)
@ruleset_option
@click.option("--on", "on", type=DAY, help="Day of the estimate; today in Shanghai by default.")
@click.option("--json", "as_json", is_flag=True, help="The whole estimate as JSON.")
@click.option("--compare", "before_id", metavar="ID", help="Against this earlier ruleset.")
@click.option("--advice", is_flag=True, help="What would add points.")
@click.option("--timeline", is_flag=True, help="What waiting alone changes in five years.")
@click.option(
    "--reach", type=click.IntRange(0), metavar="POINTS", help="What must be true to have so many."
)
@click.option("--by", type=DAY, help="What waiting gives by this day; with --reach, the rest.")
@batch_options
def command(
    facts_file: str | None,
    ruleset_id: str,
    on: datetime | None,
    as_json: bool,
    before_id: str | None,
    advice: bool,
    timeline: bool,
    reach: int | None,
    by: datetime | None,
    **many: Any,
) -> None:
    """The points that the facts in FACTS.yaml (or JSON; `-`: standard input) come to.

    An unknown fact is left out. The rules are those of XINSHIMIN_RULES and XINSHIMIN_RULESET, where
    they are set. With --batch, the points of everybody in a file: a column for each fact, or an
    object on each line.
    """
    day = on.date() if on else today()
    with refusing(facts_file or many["people"]):
        ruleset = load_ruleset(ruleset_id, rules_folders())
        before = load_ruleset(before_id, rules_folders()) if before_id else None
        if many["people"] is not None:
            if facts_file or advice or timeline or by or reach is not None:
                raise click.UsageError("--batch goes with --compare and --summary only")
            batch(ruleset, before, on=day, folder=rules_folders(), as_json=as_json, **many)
        elif facts_file is None:
            raise click.UsageError("name a file of facts, `-`, or --batch PEOPLE.csv")
        else:
            if by is not None and by.date() < day:
                raise click.UsageError("--by is before the day of the estimate")
            more = More(before, advice, timeline, reach, by.date() if by else None)
            _one(facts_of(facts_file), ruleset, day, more, as_json)


def _one(facts: Mapping[str, Any], ruleset: Ruleset, day: date, more: More, as_json: bool) -> None:
    keys, texts = more.answers(ruleset, facts, day)
    if as_json:
        told = estimate_json(ruleset, facts, on=day, key=key())
        click.echo(json.dumps({**told, **keys}, ensure_ascii=False, indent=2))
    else:
        result = estimate(ruleset, facts, on=day)
        id = determination(ruleset, facts, on=day, key=key())
        texts.insert(0, say("cli/estimate", result=result, ruleset=ruleset, id=id))
        click.echo("\n\n".join(texts))


@contextmanager
def refusing(file: object) -> Iterator[None]:
    """Say what is wrong with the facts or the rules instead of showing a traceback."""
    try:
        yield
    except FactsError as error:
        refuse(f"{file}：{error.fact}：{in_chinese(error.message)}")
    except RulesetError as error:
        refuse_rules(error)


def facts_of(file: str) -> Mapping[str, Any]:
    """The facts in a file as they are written; not yet validated. Exits with 2 where it is none."""
    try:
        facts = parse_yaml(_read(file), file)
    except RulesetError as error:
        refuse_rules(error)
    if facts is None:
        return {}
    if not isinstance(facts, Mapping):
        refuse(f"{file}：{in_chinese('write one fact a line, like `education: bachelor`')}")
    return facts


def _read(file: str) -> str:
    try:
        with click.open_file(file, encoding="utf-8-sig") as stream:
            return str(stream.read())
    except OSError as error:
        refuse(f"{file}：{in_chinese(str(error.strerror))}")
    except UnicodeDecodeError:
        refuse(f"{file}：{in_chinese('the file is not UTF-8; save it as UTF-8')}")


def today() -> date:
    """The day it is in China."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def refuse(message: str) -> NoReturn:
    """Say what is wrong and end with 2."""
    click.echo(message, err=True)
    raise SystemExit(2)


def refuse_rules(error: RulesetError) -> NoReturn:
    """Say what is wrong with the rules, a line for each fault, and end with 2."""
    refuse("\n".join(told(fault) for fault in error.faults))
