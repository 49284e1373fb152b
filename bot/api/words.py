"""What each operation answers, in words: for the description, the page and the tools."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict

from dialogs import data


class OperationWords(BaseModel):
    """What one operation answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    summary: str
    about: str


class ApiWords(BaseModel):
    """`templates/api/operations.yaml`. `model`: what a language model that asks must keep to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    about: str
    model: str
    operations: Mapping[str, OperationWords]
    fields: Mapping[str, str]
    example: Mapping[str, Any]


@cache
def api_words() -> ApiWords:
    """The file, checked."""
    return data.load("templates", "api/operations.yaml", ApiWords)
