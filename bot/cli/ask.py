"""`xinshimin ask TEXT`: which topic a question is about, and the answer."""

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime

import click

from bot.cli.rule_options import rules_folders, ruleset_option
from bot.clock import now
from dialogs.faq import Found, answer, find, neighbours, topics
from dialogs.phrases import say
from scoring import Ruleset, load_ruleset


@click.command(context_settings={"ignore_unknown_options": True})  # -5 may be a text, too
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help='{"decision": …, "topics": [best first]}.')
@ruleset_option
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day; today by default.")
def command(text: str, as_json: bool, ruleset_id: str, on: datetime | None) -> None:
    """Say what TEXT asks, and the answer; TEXT "-" reads one question per line.

    The rules are those of XINSHIMIN_RULES and XINSHIMIN_RULESET, where they are set.
    """
    if as_json:
        for one in _texts(text):
            found = find(one)
            click.echo(json.dumps({"decision": found.decision, "topics": found.topics}))
        return
    rules = load_ruleset(ruleset_id, rules_folders())
    day = on.date() if on else now().date()
    for one in _texts(text):
        click.echo(_told(find(one), rules, day))


def _texts(text: str) -> Iterator[str]:
    if text != "-":
        yield text
        return
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def _told(found: Found, rules: Ruleset, day: date) -> str:
    if found.decision in ("answer", "likely"):
        told = answer(found.topics[0], rules, day).text
        others = found.topics[1:] if found.decision == "likely" else ()
        return "\n".join([told, *(f"▸ {topics()[id].title}" for id in others)])
    if found.decision == "elsewhere" and found.neighbour is None:
        return answer(found.topics[0], rules, day, beside=found.beside).text
    if found.decision == "choices":
        return "\n".join(f"{at} {topics()[id].title}" for at, id in enumerate(found.topics, 1))
    if found.neighbour is not None:
        return neighbours()[found.neighbour].where
    return say("ask/none")
