"""What people come to the window for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Purpose:
    """`label` is what people read, `words` are other ways to say it."""

    id: str
    label: str
    words: tuple[str, ...]


def _load() -> Mapping[str, Purpose]:
    source = (files("dialogs.booking") / "purposes.yaml").read_text("utf-8")
    rows = yaml.safe_load(source).items()
    return {id: Purpose(id, row["label"], tuple(row["words"])) for id, row in rows}


PURPOSES: Mapping[str, Purpose] = _load()
