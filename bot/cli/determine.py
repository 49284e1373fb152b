"""`xinshimin determine ID FACTS`: whether these facts gave the estimate of a determination id."""

import json
from typing import Any

import click

from bot.cli.estimate import facts_of, refuse, refusing
from bot.cli.installation_key import keys
from bot.cli.rule_options import rules_folders
from dialogs.phrases import say
from scoring import Determination, differences_from, estimate, load_ruleset, ruleset_ids
from scoring.version import ENGINE

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
    told: dict[str, Any] = {"determination": id, "differs": ["ruleset"], "estimate": None}
    result = None
    with refusing(facts_file):
        if asked.ruleset in ruleset_ids(rules_folders()):
            ruleset = load_ruleset(asked.ruleset, rules_folders())
            result = estimate(ruleset, facts, on=asked.on)
            told["differs"] = list(differences_from(asked, ruleset, facts, keys()))
            told["estimate"] = result.as_json()
    told["confirmed"] = not told["differs"]
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        click.echo(
            say("cli/determine", id=asked, differs=told["differs"], result=result, engine=ENGINE)
        )
    if told["differs"]:
        raise SystemExit(NOT_CONFIRMED)
