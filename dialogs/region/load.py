"""The county a process speaks for: chosen once, before it is read, and read once."""

from functools import cache
from pathlib import Path

from dialogs import data
from dialogs.region.model import China, Region
from scoring.counties import county_folder, packaged_counties

FILE = "county.yaml"
_chosen: list[Path] = []


class CountyError(Exception):
    """There is no such county, or the process speaks for another already."""


@cache
def china() -> China:
    """The country, for every county.

    >>> "九江" in china().outside("浙江"), "宁波" in china().outside("浙江")
    (True, False)
    """
    return data.load("dialogs.region", "china.yaml", China)


def choose(county: str | Path) -> None:
    """Speak for this county: a packaged one by its name, or a folder; "" is the default.

    Words, questions and answers are made for one county and kept, so a process has one. Raises
    CountyError where it has another already, or where there is none.
    """
    folder = demand(county)
    if _chosen and _chosen != [folder]:
        raise CountyError(f"this process speaks for {_chosen[0].name}, not for {folder.name}")
    _chosen[:] = [folder]


def demand(county: str | Path) -> Path:
    """The folder of a county. Raises CountyError where there is none."""
    folder = county_folder(county).resolve()
    if (folder / FILE).is_file():
        return folder
    raise CountyError(
        f"{folder} is no county: there is no {FILE} in it. Packaged are "
        f"{', '.join(packaged_counties())}; the folder of another one is begun by "
        "xinshimin county new (XINSHIMIN_COUNTY)"
    )


def folder() -> Path:
    """The folder of the county this process speaks for."""
    if not _chosen:
        choose("")
    return _chosen[0]


@cache
def region() -> Region:
    """The county this process speaks for.

    >>> region().telephone.phone
    '0577-57665812'
    """
    return data.read(folder() / FILE, Region)
