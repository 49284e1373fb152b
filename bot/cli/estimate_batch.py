"""`xinshimin estimate --batch`: a file of people in, a file of results out."""

import csv
import json
import sys
from collections.abc import Callable, Mapping
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.batch.reading import Source, UnusableFileError, look_at
from bot.batch.rows import ID, Fault, Layout
from bot.batch.run import Totals, cores, run
from bot.batch.work import Format, Task
from bot.cli.installation_key import key
from dialogs.phrases import say
from scoring import Ruleset, Table
from scoring.analysis.summary import Summary

if TYPE_CHECKING:
    from bot.batch.parquet import ParquetSource

SET_ASIDE = 3
"""Exit code where some rows were set aside and the rest were done."""
SHOWN = 10
"""So many faults are shown; all of them are in the file beside the result."""
FILE = click.Path(dir_okay=False, path_type=Path)
FORMATS: Mapping[str, Format] = {".csv": "csv", ".jsonl": "jsonl", ".parquet": "parquet"}
ENDINGS = ", ".join(FORMATS)
FORMAT = click.Choice(tuple(FORMATS.values()))
NEEDS_POLARS = "Parquet needs Polars, the extra `columns`: pip install 'polars>=2.1'"
DELIMITERS = (",", "\t", ";")


def batch_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of `--batch`; they reach `batch` by the names of its parameters."""
    for option in reversed(
        (
            click.option("--batch", "people", type=FILE, help=f"A file of people: {ENDINGS}."),
            click.option("-o", "--out", type=FILE, help=f"Where their points go: {ENDINGS}."),
            click.option(
                "--reads", type=FORMAT, help="How the people are written, else by ending."
            ),
            click.option("--writes", type=FORMAT, help="How the result is, else by ending."),
            click.option("--categories", is_flag=True, help="The points of each category too."),
            click.option("--ids", is_flag=True, help="The determination id of each row (slower)."),
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
    categories: bool = False,
    ids: bool = False,
    reads: Format | None = None,
    writes: Format | None = None,
) -> None:
    """Estimate everybody in `people` and write `out`; `folder` is where both rulesets come from.

    Rows that cannot be used are set aside in `OUT.faults.csv` with line, fact and reason, and the
    exit code is 3. Raises FactsError for a column that is no fact.
    """
    if out is None:
        raise click.UsageError(f"--batch needs -o OUT with one of the endings {ENDINGS}")
    if out.resolve() == people.resolve():
        raise click.UsageError("the result would overwrite the people; name another file with -o")
    reads, writes = _format(people, reads), _format(out, writes)
    source, layout = _looked_at(people, reads, rules)
    Table(rules, layout.facts, on)
    task = Task(
        ruleset=rules.id,
        before=before.id if before else None,
        folder=folder,
        on=on,
        layout=layout,
        reads=reads,
        writes=writes,
        summary=summary,
        categories=categories,
        ids=ids,
        key=key() if ids else None,
    )
    try:
        totals = _run(task, source, out, jobs or cores())
    except (OSError, ValueError, BrokenProcessPool) as error:
        raise click.ClickException(f"nothing was written: {error}") from error
    if totals.summary is not None:
        _tell(totals.summary, rules, as_json)
    if totals.faults:
        sys.exit(SET_ASIDE)


def _format(path: Path, given: Format | None) -> Format:
    """As was given, else by the ending. Parquet needs Polars."""
    found = given or FORMATS.get(path.suffix.lower())
    if found is None:
        raise click.UsageError(f"{path}: name a file that ends in {ENDINGS}")
    if found == "parquet" and find_spec("polars") is None:
        raise click.ClickException(NEEDS_POLARS)
    return found


def _looked_at(
    people: Path, reads: Format, rules: Ruleset
) -> "tuple[Source | ParquetSource, Layout]":
    """The file, and how its rows are written."""
    try:
        if reads == "parquet":
            from bot.batch.parquet import look_at_parquet

            parquet = look_at_parquet(people)
            return parquet, Layout(parquet.columns, None, "")
        source = look_at(people, has_header=reads == "csv")
        columns, delimiter = _columns(source, rules)
        return source, Layout(columns, delimiter, source.encoding)
    except (UnusableFileError, OSError) as error:
        raise click.ClickException(str(error)) from error


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


def _run(task: Task, source: "Source | ParquetSource", out: Path, jobs: int) -> Totals:
    faults = out.with_name(f"{out.name}.faults.csv")
    shown = 0

    def on_fault(fault: Fault) -> None:
        nonlocal shown
        shown += 1
        if shown <= SHOWN:
            what = f"{fault.fact}: {fault.reason}" if fault.fact else fault.reason
            click.echo(f"\r{source.path}:{fault.line}: {what}", err=True)

    with click.progressbar(length=source.size, file=sys.stderr, label=source.path.name) as bar:
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
