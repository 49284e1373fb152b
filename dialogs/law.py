"""Figures of the law of the land, from `law.yaml`: texts name them as `{{ law.child_age }}`."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from pydantic import BaseModel, ConfigDict

from dialogs import data


class Figure(BaseModel):
    """A figure, where it is written, and the day a person last read that."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: int | str
    source: str
    verified_on: date


@cache
def law() -> Mapping[str, int | str]:
    """The figures by name."""
    written = data.load("dialogs", "law.yaml", dict[str, Figure])
    return {name: one.value for name, one in written.items()}
