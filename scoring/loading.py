"""From files to rulesets: the package's own, and those of an operator's folder."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from scoring.inherit import fill_in
from scoring.located import read_yaml
from scoring.ruleset import Ruleset

PACKAGED = Path(__file__).with_name("rulesets")


def load_ruleset(id: str, folder: str | Path | None = None) -> Ruleset:
    """The ruleset with this id."""
    return _load(id)


@lru_cache
def _load(id: str) -> Ruleset:
    written: Any = read_yaml(PACKAGED / f"{id}.yaml")
    fill_in(written)
    return Ruleset.model_validate(written)
