"""`xinshimin determine ID FACTS`: whether these facts gave the estimate of a determination id."""

import json

import click

from bot.api.operations import confirmed
from bot.cli.estimate import facts_of, refuse, refusing
from bot.cli.rulebook import rulebook
from dialogs.phrases import say
from scoring import Determination

NOT_CONFIRMED = 1


@click.command("determine")
@click.argument("id")
@click.argument("facts_file", metavar="FACTS.yaml|-")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(id: str, facts_file: str, as_json: bool) -> None:
    """Estimate FACTS.yaml (or JSON; `-`: standard input) as on the day of ID, and say whether it is
    the estimate that ID was given to.

    Ends with 1 where it is not, and says what is otherwise: the rules, the engine, the key, the
    facts; with 2 where ID or the facts cannot be read.
    """
    try:
        asked = Determination.read(id)
    except ValueError:
        refuse(say("cli/determine_unread", id=id))
    facts = facts_of(facts_file)
    with refusing(facts_file):
        told = confirmed(rulebook(asked.ruleset), asked, facts)
    text = told.pop("text")
    click.echo(json.dumps(told, ensure_ascii=False, indent=2) if as_json else text)
    if not told["confirmed"]:
        raise SystemExit(NOT_CONFIRMED)
