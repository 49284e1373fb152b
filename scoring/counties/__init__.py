"""Where counties are: a folder each, in the package or of an office's own.

    county.yaml     its name, account, telephone, townships, words for here and elsewhere
    rules/          its rulesets, and what amends them
    background.yaml where the rules come from, and how they were made
    guest.yaml      words that lead in and out, where its account has another service too
    faq/            its own answers, which stand instead of the common ones

This room reads `rules/` only; the rest is for the conversation.
"""

from functools import cache
from pathlib import Path

PACKAGED = Path(__file__).parent
RULES = "rules"


@cache  # asked for in every turn
def county_folder(county: str | Path = "") -> Path:
    """The folder of a county: a packaged one by its name, otherwise a path; "" is the default.

    >>> county_folder().name == county_folder(county_folder().name).name
    True
    """
    county = county or (PACKAGED / "default.txt").read_text("utf-8").strip()
    packaged = PACKAGED / county
    return packaged if packaged.parent == PACKAGED and packaged.is_dir() else Path(county)


def packaged_counties() -> list[str]:
    """The names of the counties in the package."""
    return sorted(folder.parent.name for folder in PACKAGED.glob(f"*/{RULES}"))


def packaged_rulesets() -> dict[str, Path]:
    """The file of every packaged ruleset by its id, which is the file's name."""
    files = (*PACKAGED.glob("*.yaml"), *PACKAGED.glob(f"*/{RULES}/*.yaml"))
    return {file.stem: file for file in sorted(files, key=lambda file: file.stem)}


@cache
def rule_folders(county: str | Path, *own: Path | None) -> tuple[Path, ...]:
    """The folders from which `load_ruleset` reads the rules of a county: none for a packaged one,
    whose rulesets are known, and an office's `own` besides."""
    folder = county_folder(county)
    rules = () if folder.parent == PACKAGED else (folder / RULES,)
    return (*rules, *filter(None, own))
