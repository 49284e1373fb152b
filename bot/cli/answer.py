"""`xinshimin answer KIND TEXT`: what an answer is understood to mean."""

import json
import sys
from datetime import date, datetime
from typing import cast, get_args

import click

from bot.clock import now
from dialogs.language import Kind, Refused, Understood, Value, parse


@click.command(context_settings={"ignore_unknown_options": True})  # -3 is an answer
@click.argument("kind", type=click.Choice(get_args(Kind)))
@click.argument("text")
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="The day of the answer; today by default."
)
@click.option("--json", "as_json", is_flag=True, help='{"value": …} or {"refused": "why"}.')
def command(kind: str, text: str, on: datetime | None, as_json: bool) -> None:
    """Show how TEXT is understood as an answer of KIND; TEXT "-" reads one answer per line.

    A refusal is a result, not a failure: the exit status is 0 for both.
    """
    today = on.date() if on else now().date()
    shown = _json if as_json else _plain
    if text != "-":
        click.echo(shown(parse(cast(Kind, kind), text, today)))
        return
    for line in sys.stdin.buffer:
        answer = line.decode("utf-8", errors="replace").rstrip("\r\n")
        click.echo(shown(parse(cast(Kind, kind), answer, today)))


def _json(outcome: Understood[Value] | Refused) -> str:
    if isinstance(outcome, Refused):
        offers = [_written(choice) for choice in outcome.choices]
        return json.dumps({"refused": outcome.why, "offers": offers}, ensure_ascii=False)
    return json.dumps({"value": _written(outcome.value)}, ensure_ascii=False)


def _plain(outcome: Understood[Value] | Refused) -> str:
    if isinstance(outcome, Refused):
        offered = ", ".join(json.dumps(_written(choice)) for choice in outcome.choices)
        return f"refused: {outcome.why}" + (f" ({offered}?)" if offered else "")
    return str(_written(outcome.value)).lower()


def _written(value: Value | str) -> int | bool | str:
    return value.isoformat() if isinstance(value, date) else value
