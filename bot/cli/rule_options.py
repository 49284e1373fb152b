"""What commands share about rules: which ruleset counts, and the folders it is read from."""

from os import environ
from pathlib import Path

import click

from dialogs.region import folder, region
from scoring.counties import rule_folders


def _or_the_countys(_context: click.Context, _option: click.Parameter, id: str) -> str:
    return id or region().ruleset


ruleset_option = click.option(
    "--ruleset",
    "ruleset_id",
    envvar="XINSHIMIN_RULESET",
    default="",
    callback=_or_the_countys,
    help="Its id; the county's own by default.",
)


def county_rules() -> tuple[Path, ...]:
    """The county's folder, where it is not in the package."""
    return rule_folders(folder())


def rules_folders() -> tuple[Path, ...]:
    """The county's folder and the office's own, where they are not in the package."""
    own = environ.get("XINSHIMIN_RULES")
    return rule_folders(folder(), Path(own) if own else None)
