"""`xinshimin dialogs`: looking after questions, words and topics."""

import click

from bot.cli.rule_options import rules_folders, ruleset_option
from bot.clock import now
from dialogs import faq
from dialogs.check import faults
from dialogs.questions import questions
from scoring import load_ruleset


@click.group()
def command() -> None:
    """Questions, words and topics of the conversation."""


@command.command()
@ruleset_option
def check(ruleset_id: str) -> None:
    """Find the unreachable, the unknown, the too long and the ambiguous."""
    found = faults(questions(), load_ruleset(ruleset_id, rules_folders()), now().date())
    for fault in found:
        click.echo(fault)
    if found:
        raise click.ClickException(f"{len(found)} to fix")
    click.echo(f"{len(questions())} questions and {len(faq.topics())} topics are in order")
