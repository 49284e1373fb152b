"""Labels of the words that the database stores, from `templates/staff/words.yaml`: clerks read them
in the console, and people in what is kept about them."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def words() -> dict[str, dict[Any, str]]:
    """Kind of word → stored word → label."""
    text = (files("templates") / "staff" / "words.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[Any, str]] = yaml.safe_load(text)
    return loaded
