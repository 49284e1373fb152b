"""`xinshimin rules`: what rulesets there are, what they say, whether they are sound."""

import json
from datetime import date, datetime
from pathlib import Path

import click

from bot.cli.estimate import DAY, today
from bot.cli.rule_options import county_rules, rules_folders
from dialogs.phrases import say
from dialogs.prose import question_prose, template_prose
from dialogs.questions import questions
from dialogs.region import region
from scoring import FACTS, Ruleset, RulesetError, list_rulesets, load_ruleset
from scoring.analysis.compare import differences
from scoring.analysis.proof.prove import prove
from scoring.analysis.revised import revised
from scoring.engine.loading import check_packaged, check_path, rulesets_of
from scoring.rulefile.chinese import told
from scoring.rulefile.evidence_table import common_evidence
from scoring.rulefile.kinds import KINDS

ON = click.option("--on", "on", type=DAY, help="Values of this day; today by default.")


@click.group("rules")
def command() -> None:
    """Rulesets: list, check, prove, show, compare. Files of the folder XINSHIMIN_RULES count."""


@command.command("list")
def list_() -> None:
    """All rulesets, a line each: id, title, and the files they are read from."""
    for ruleset in list_rulesets(rules_folders()):
        origin = ruleset.origin
        files = dict.fromkeys((origin.file, *(one.file for one in origin.amendments)))
        click.echo(f"{ruleset.id}\t{ruleset.title}\t{' + '.join(files)}")


@command.command("check")
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def check(path: Path | None, lang: str) -> None:
    """Every fault of PATH, a rules file or a folder of them; without PATH, of all rules in use, and
    figures typed into questions and templates.

    Ends with 1 where there is a fault.
    """
    folders = rules_folders()
    try:
        faults = check_path(path, today(), county_rules()) if path else check_packaged()
        for folder in () if path else folders:
            faults += check_path(folder, today(), county_rules())
        if path is None and not faults:
            rules = load_ruleset(region().ruleset, folders)
            faults = [*question_prose(questions(), rules), *template_prose()]
    except RulesetError as error:
        faults = list(error.faults)
    for fault in dict.fromkeys(faults):
        click.echo(told(fault, lang), err=True)
    if faults:
        raise SystemExit(1)
    click.echo(say("cli/rules_sound", path=path or "、".join(map(str, folders))))


@command.command("keys")
@click.argument("word", default="")
def keys(word: str) -> None:
    """What a rules file may name: the facts, with the rules that work on them and their choices,
    and the papers. With WORD, the lines that have it."""
    lines = say("cli/rules_keys", facts=FACTS, kinds=KINDS, evidence=common_evidence())
    click.echo("\n".join(one for one in lines.splitlines() if word in one))


@command.command("show")
@click.argument("ruleset_id", metavar="ID")
@ON
def show(ruleset_id: str, on: datetime | None) -> None:
    """Every row of a ruleset with its values, status and source."""
    day = _day(on)
    ruleset = _loaded(ruleset_id)
    click.echo(
        say("cli/rules_show", ruleset=ruleset.told(day), figures=ruleset.figures(day), on=day)
    )


@command.command("diff")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B", required=False)
@click.option("--on", "days", type=DAY, multiple=True, help="Values of this day; today by default.")
@click.option("--without-amendments", is_flag=True, help="Compare A with what its file says.")
def diff(
    before: str, after: str | None, days: tuple[datetime, ...], without_amendments: bool
) -> None:
    """What ruleset B changes against A, row by row, with the reasons its source gives.

    A alone: what it says on one day and on another (--on twice), or without the office's amendments
    and with them.
    """
    if after is None:
        _diff_alone(before, [one.date() for one in days], without_amendments)
        return
    if len(days) > 1 or without_amendments:
        raise click.UsageError(say("cli/rules_diff_two"))
    day = _day(days[0] if days else None)
    old, new = _loaded(before), _loaded(after)
    found = [one for one in differences(old, new, on=day) if one.kind != "same"]
    click.echo(say("cli/rules_diff", before=old, after=new, differences=found))


@command.command("prove")
@click.argument("ids", metavar="[ID|PATH]...", nargs=-1)
@click.option("--on", "on", type=DAY, help="This day alone; every day with other rules by default.")
@click.option("--json", "as_json", is_flag=True, help="A list with an object for each ruleset.")
def prove_(ids: tuple[str, ...], on: datetime | None, as_json: bool) -> None:
    """Run rulesets through the engine at every answer at which points can change, known or not, and
    compare with what the files say: no gap between tiers, low and high exact, caps as written.

    ID, or PATH, a rules file or a folder of them; without either, all rulesets. Ends with 1 where
    something does not hold; a counterexample is printed as a case for the tests.
    """
    day = on.date() if on else None
    try:
        rulesets = [one for id in ids for one in _named(id)] or list_rulesets(rules_folders())
    except RulesetError as error:
        for fault in error.faults:
            click.echo(told(fault, "zh"), err=True)
        raise SystemExit(1) from None
    proofs = [prove(ruleset, day) for ruleset in rulesets]
    if as_json:
        click.echo(json.dumps([one.as_json() for one in proofs], ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(say("cli/rules_prove", proof=one) for one in proofs))
    if any(one.counterexamples for one in proofs):
        raise SystemExit(1)


def _named(id: str) -> tuple[Ruleset, ...]:
    path = Path(id)
    return rulesets_of(path, county_rules()) if path.exists() else (_loaded(id),)


def _diff_alone(id: str, days: list[date], without_amendments: bool) -> None:
    if without_amendments:
        then = on = days[-1] if days else today()
    elif len(days) == 2:
        then, on = days
    else:
        raise click.UsageError(say("cli/rules_diff_with_what"))
    ruleset, before = _loaded(id), _loaded(id, amended=not without_amendments)
    values = {
        "title": ruleset.title,
        "days": (then, on),
        "found": revised(before, then, ruleset, on),
        "taken_off": _taken_off(before, then) | _taken_off(ruleset, on),
        "later": _next_amended(ruleset, on) if without_amendments else None,
    }
    click.echo(say("cli/rules_revised", **values))


def _taken_off(ruleset: Ruleset, on: date) -> set[str]:
    return {
        f"{category.id}.{item.id}.rate"
        for category in ruleset.categories()
        for item in category.rows_on(on)
        if item.rule == "deduction"
    }


def _next_amended(ruleset: Ruleset, on: date) -> date | None:
    return min((one.since for one in ruleset.origin.amendments if one.since > on), default=None)


def _loaded(id: str, *, amended: bool = True) -> Ruleset:
    return load_ruleset(id, rules_folders(), amended=amended)


def _day(on: datetime | None) -> date:
    return on.date() if on else today()
