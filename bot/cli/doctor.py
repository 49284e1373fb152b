"""`xinshimin doctor`: what is wrong with this installation, and what to do."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict

import click

from bot.clock import now
from bot.doctor import examine
from bot.doctor.verdict import Level, Subject, Verdict, problem
from bot.settings import Settings, SettingsError


@click.command()
@click.option("--json", "as_json", is_flag=True, help="A list of {check, level, text}.")
def command(as_json: bool) -> None:
    """Look at everything: settings, database, jobs, backups, rules, calendar, disk, name,
    certificate, proxy, clock, WeChat. Exit code 1 if there is a problem; warnings are none."""
    verdicts = _verdicts()
    found = list(verdicts) if as_json else list(_shown(verdicts))
    counted = Counter(one.level for one in found)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
    else:
        click.echo(", ".join(f"{counted[level]} {level}" for level in Level))
    raise SystemExit(int(counted[Level.PROBLEM] > 0))


def _verdicts() -> Iterator[Verdict]:
    try:
        settings = Settings.from_environment()
        subject = Subject(settings, now)
        subject.service  # noqa: B018 - the address of the database may be wrong
    except SettingsError as error:
        lines = [line.removeprefix("- ") for line in str(error).splitlines()]
        yield from (problem("settings", line) for line in lines if not line.endswith(":"))
        return
    yield from examine(subject)


def _shown(verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    for one in verdicts:
        click.echo(f"{one.level:8} {one.check}: {' '.join(one.text.split())}")
        yield one
