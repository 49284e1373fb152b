"""`xinshimin ask TEXT`: which topic a question is about, and the answer."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from dialogs.faq import Found, answer, find, neighbours, topics
from scoring import load_ruleset


@click.command("ask")
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per question.")
@click.option("--ruleset", default="yongjia-2022", show_default=True)
def command(text: str, as_json: bool, ruleset: str) -> None:
    """What is TEXT about? `-` reads one question per line of standard input."""
    for line in click.get_text_stream("stdin", "utf-8") if text == "-" else (text,):
        found = find(line)
        if as_json:
            click.echo(json.dumps({"decision": found.decision, "topics": found.topics}))
        else:
            click.echo(_told(found, ruleset))


def _told(found: Found, ruleset: str) -> str:
    if found.neighbour:
        return neighbours()[found.neighbour].where
    if found.decision == "choices":
        return "\n".join(f"{at} {topics()[id].title}" for at, id in enumerate(found.topics, 1))
    if found.decision == "none":
        return ""
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    return answer(found.topics[0], load_ruleset(ruleset), today).text
