"""`xinshimin county`: a folder for a new county, and what is still to do in one."""

import re
import shutil
from pathlib import Path

import click

from bot.clock import now
from dialogs.phrases import say
from dialogs.prose import template_prose
from dialogs.region import china
from dialogs.region import folder as county
from dialogs.region.admissions import FILE as ADMISSIONS
from dialogs.region.check import check as looked_at
from dialogs.region.load import FILE
from scoring.counties import PACKAGED, RULES, county_folder
from scoring.engine.loading import check_path, own_files
from scoring.rulefile.chinese import told

NAME = re.compile(r"[a-z][a-z0-9-]*")
SHORT = re.compile("(?<=..)[县市区]$")
"""What people leave out of a title, where two characters are left."""
PROVINCE = "浙江"


@click.group("county")
def command() -> None:
    """A county's own folder: begin one, check one. XINSHIMIN_COUNTY names the one in use."""


@command.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", prompt="全称，如 东城县", help="In full.")
@click.option("--name", default="", help="As people say it; TITLE without 县, 市 or 区 by default.")
@click.option("--city", prompt="所属的市，不带“市”字", help="The city it belongs to.")
def new(folder: Path, title: str, name: str, city: str) -> None:
    """Write the folder of a new county. It loads at once; 待填 marks what the office writes."""
    if not NAME.fullmatch(folder.name):
        raise click.ClickException(say("cli/county/bad_name", id=folder.name))
    if folder.exists():
        raise click.ClickException(say("cli/county/exists", folder=folder))
    name = name or SHORT.sub("", title)
    cities = [one for one in china().provinces[PROVINCE] if one not in (city, name)]
    told = {"id": folder.name, "name": name, "title": title, "city": city, "cities": cities}
    told |= {"day": now().date().isoformat()}
    (folder / RULES).mkdir(parents=True)
    files = {FILE: "county", f"{RULES}/{folder.name}.yaml": "rules", ADMISSIONS: "admissions"}
    for file, text in files.items():
        written = say(f"cli/county/{text}", new=told)
        (folder / file).write_text(f"{written}\n", encoding="utf-8")
    click.echo(say("cli/county/made", folder=folder))


@command.command("copy")
@click.argument("folder", type=click.Path(path_type=Path))
def copy(folder: Path) -> None:
    """Copy the folder of the county in use, so that its files can be changed outside the package.

    Its rulesets stay where they are, and go on being updated with the package.
    """
    if folder.exists():
        raise click.ClickException(say("cli/county/exists", folder=folder))
    packaged = own_files(county() / RULES) if county().parent == PACKAGED else ()
    left = shutil.ignore_patterns(*(path.name for path in packaged))
    shutil.copytree(county(), folder, ignore=left)
    (folder / RULES).mkdir(exist_ok=True)
    (folder / RULES / ".keep").touch()  # an empty folder is lost in archives
    click.echo(say("cli/county/copied", folder=folder.resolve()))


@command.command("check")
@click.argument("county")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def check(county: str, lang: str) -> None:
    """What is missing in COUNTY, what still speaks of another county, what is implausible.

    COUNTY is a packaged county's name or a folder. Ends with 1 where there is something to do.
    """
    folder = county_folder(county)
    if not (folder / FILE).is_file():
        raise click.ClickException(say("cli/county/none", folder=folder))
    rules = folder / RULES
    own = rules.is_dir() and own_files(rules)  # a copy has none of the package's
    faults = check_path(rules, now().date()) if own else []
    faults += template_prose(folder)
    found = [*map(str, looked_at(folder, lang, now().date())), *(told(one, lang) for one in faults)]
    for line in found:
        click.echo(line)
    if found:
        click.echo(say("cli/county/to_do", number=len(found)))
        raise SystemExit(1)
    click.echo(say("cli/county/sound", folder=folder))
