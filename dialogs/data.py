"""YAML files: how they are read, and as what."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter

T = TypeVar("T")

LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's where there is one, as in PyYAML's wheels: reading everything takes it a tenth."""


def load(package: str, name: str, kind: type[T]) -> T:
    """What a file of a package says, as this kind of thing; it holds nothing else.

    >>> load("dialogs.booking", "purposes.yaml", dict[str, Any])["review"]["label"]
    '核对积分'
    """
    return read(files(package) / name, kind)


def read(file: Traversable, kind: type[T]) -> T:
    """What a file says, as this kind of thing (`Any`: as it stands there).

    Raises:
        OSError, UnicodeDecodeError, YAMLError, ValidationError: it cannot be read as that.
    """
    return TypeAdapter(kind).validate_python(parse(file.read_text("utf-8")))


def parse(text: str) -> Any:
    """What the text of a file says, as it stands there."""
    return yaml.load(text, Loader=LOADER)  # noqa: S506 - one of the safe loaders
