"""Labels of the words that the database stores, from `templates/staff/words.yaml`: clerks read them
in the console, and people in what is kept about them."""

from functools import cache
from typing import Any

from dialogs import data


@cache
def words() -> dict[str, dict[Any, str]]:
    """Kind of word → stored word → label."""
    return data.load("templates", "staff/words.yaml", dict[str, dict[Any, str]])
