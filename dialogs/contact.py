"""Whom to ask beside this assistant: data, shown with the year in which it was printed."""

from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict


class Contact(BaseModel):
    """The county's centre for new citizens."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    phone: str
    published: int


@cache
def contact() -> Contact:
    """The contact of `contact.yaml`."""
    text = (files("dialogs") / "contact.yaml").read_text("utf-8")
    return Contact.model_validate(yaml.safe_load(text))
