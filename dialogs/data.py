"""The YAML files of this room, as plain data."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's where there is one, as in PyYAML's wheels: reading everything takes it a tenth."""


def load(package: str, name: str) -> Any:
    """What a file of a package says.

    >>> load("dialogs.booking", "purposes.yaml")["review"]["label"]
    '核对积分'
    """
    return read(files(package) / name)


def read(file: Traversable) -> Any:
    """What a file says."""
    return parse(file.read_text("utf-8"))


def parse(text: str) -> Any:
    """What the text of a file says."""
    return yaml.load(text, Loader=LOADER)  # noqa: S506 - one of the safe loaders
