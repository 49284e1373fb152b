"""`xinshimin estimate --batch`: a file of people in, a file of results out."""

import csv
import json
import sys
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from pathlib import Path

import click

from bot.batch.reading import Source, UnusableFileError, look_at
from bot.batch.run import Totals, cores, run
from bot.batch.work import ID, Fault, Task
from dialogs.phrases import say
from scoring import Ruleset, Table
from scoring.analysis.summary import Summary

SET_ASIDE = 3
"""Exit code where some rows were set aside and the rest were done."""
SHOWN = 10
"""So many faults are shown; all of them are in the file beside the result."""
FILE = click.Path(dir_okay=False, path_type=Path)
TABLES, LINES = ".csv", ".jsonl"
DELIMITERS = (",", "\t", ";")


def batch_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of `--batch`; they reach `batch` by the names of its parameters."""
    for option in reversed(
        (
            click.option("--batch", "people", type=FILE, help="A .csv or .jsonl file of people."),
            click.option("-o", "--out", type=FILE, help="Where their points go: .csv or .jsonl."),
            click.option("--summary", is_flag=True, help="How the points are spread."),
            click.option("--jobs", type=click.IntRange(1), help="Processes; all cores by default."),
        )
    ):
        command = option(command)
    return command


def batch(
    rules: Ruleset,
    before: Ruleset | None,
    people: Path,
    out: Path | None,
    *,
    on: date,
    folder: tuple[Path, ...],
    summary: bool,
    as_json: bool,
    jobs: int | None = None,
) -> None:
    """Estimate everybody in `people` and write `out`; `folder` is where both rulesets come from.

    Rows that cannot be used are set aside in `OUT.faults.csv` with line, fact and reason, and the
    exit code is 3. Raises FactsError for a column that is no fact.
    """
    if out is None:
        raise click.UsageError("--batch needs -o OUT.csv or -o OUT.jsonl")
    if out.resolve() == people.resolve():
        raise click.UsageError("the result would overwrite the people; name another file with -o")
    task, source = _plan(rules, before, people, out, on, folder, summary)
    try:
        totals = _run(task, source, out, jobs or cores())
    except (OSError, BrokenProcessPool) as error:
        raise click.ClickException(f"nothing was written: {error}") from error
    if totals.summary is not None:
        _tell(totals.summary, rules, as_json)
    if totals.faults:
        sys.exit(SET_ASIDE)


def _plan(
    rules: Ruleset,
    before: Ruleset | None,
    people: Path,
    out: Path,
    on: date,
    folder: tuple[Path, ...],
    summary: bool,
) -> tuple[Task, Source]:
    writes_json = _kind(out) == LINES
    try:
        source = look_at(people, has_header=_kind(people) == TABLES)
        columns, delimiter = _columns(source, rules)
    except (UnusableFileError, OSError) as error:
        raise click.ClickException(str(error)) from error
    Table(rules, [column for column in columns if column != ID], on)
    task = Task(
        ruleset=rules.id,
        before=before.id if before else None,
        folder=folder,
        on=on,
        columns=columns,
        delimiter=delimiter,
        encoding=source.encoding,
        writes_json=writes_json,
        summary=summary,
    )
    return task, source


def _kind(path: Path) -> str:
    if path.suffix.lower() not in (TABLES, LINES):
        raise click.UsageError(f"{path}: name a file that ends in {TABLES} or {LINES}")
    return path.suffix.lower()


def _columns(source: Source, rules: Ruleset) -> tuple[tuple[str, ...], str | None]:
    """The columns of the file in order, and what separates them (None for JSON lines)."""
    if not source.header:
        return (ID, *rules.catalogue), None
    delimiter = max(DELIMITERS, key=source.header.count)
    names = tuple(name.strip() for name in next(csv.reader([source.header], delimiter=delimiter)))
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise UnusableFileError(f"the column {twice[0] or 'without a name'} is there twice")
    return names, delimiter


def _run(task: Task, source: Source, out: Path, jobs: int) -> Totals:
    faults = out.with_name(f"{out.name}.faults.csv")
    shown = 0

    def on_fault(fault: Fault) -> None:
        nonlocal shown
        shown += 1
        if shown <= SHOWN:
            what = f"{fault.fact}: {fault.reason}" if fault.fact else fault.reason
            click.echo(f"\r{source.path}:{fault.line}: {what}", err=True)

    size = source.path.stat().st_size
    with click.progressbar(length=size, file=sys.stderr, label=source.path.name) as bar:
        totals = run(task, source, out, faults, jobs=jobs, progress=bar.update, on_fault=on_fault)
        bar.update(source.start)
    click.echo(f"{totals.people} people estimated: {out}", err=True)
    if totals.faults:
        click.echo(f"{totals.faults} rows set aside: {faults}", err=True)
    return totals


def _tell(summary: Summary, rules: Ruleset, as_json: bool) -> None:
    told = summary.as_json([category.id for category in rules.categories()])
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        labels = {category.id: category.label for category in rules.categories()}
        click.echo(say("cli/summary", told=told, labels=labels, title=rules.title))
