"""`xinshimin hear TEXT`: what is taken of a message, and by which rule."""

import json
import sys
from datetime import date, datetime

import click

from bot.clock import now
from dialogs import faq
from dialogs.asked_along import Along
from dialogs.interpret import Heard, hear
from dialogs.language import Refused
from dialogs.questions import questions
from dialogs.reading import plain
from dialogs.utterance import Said


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("text")
@click.option("--asked", help="Id of the question that was asked; none by default.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day; today by default.")
@click.option("--trace", is_flag=True, help="Name the rule behind each result.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per message (the default).")
def command(text: str, asked: str | None, on: datetime | None, trace: bool, as_json: bool) -> None:
    """Say what TEXT tells; TEXT "-" reads one message per line.

    facts: certain and one's own; other: another person's; confirm: to be asked back, the likeliest
    value first.
    """
    del as_json
    if asked is not None and asked not in questions():
        known = ", ".join(questions())
        raise click.ClickException(f"no question {asked!r}; there are: {known}")
    today = on.date() if on else now().date()
    for one in _texts(text):
        click.echo(json.dumps(_shown(one, asked, today, trace=trace), ensure_ascii=False))


def _texts(text: str) -> list[str]:
    if text != "-":
        return [text]
    lines = sys.stdin.buffer.read().splitlines()
    return [line.decode("utf-8", "replace") for line in lines]


def _shown(text: str, asked: str | None, today: date, *, trace: bool) -> dict[str, object]:
    heard = hear(questions()[asked] if asked else None, Said(text), today)
    found = Along(heard.question, text).found(faq.find) if heard.question else None
    told: dict[str, object] = {
        "facts": {fact: value for fact, value in heard.facts.items() if fact != "age_told_on"},
        "other": [{"whose": who, "facts": facts} for who, facts in heard.others.items()],
        "confirm": _confirmed(heard),
        "asks": bool(heard.question),
        "topics": list(found.topics) if found else [],
        "unheard": list(heard.unheard),
    }
    return {**told, "trace": _trace(heard)} if trace else told


def _confirmed(heard: Heard) -> dict[str, list[object]]:
    """What is asked back; also what a word told that may name a person, or may not."""
    doubted: dict[str, list[object]] = {
        fact: [value]
        for who, facts in heard.others.items()
        if who not in heard.people
        for fact, value in facts.items()
        if fact not in heard.facts
    }
    return {**doubted, **{fact: _offered(why) for fact, why in heard.confirm.items()}}


def _offered(refusal: Refused) -> list[object]:
    return [plain(value) for value in refusal.choices]


def _trace(heard: Heard) -> dict[str, str]:
    """Fact → the rule behind it; for what is asked back, why."""
    why = {fact: f"asked back: {one.why}" for fact, one in heard.confirm.items()}
    return {**why, **heard.rules}
