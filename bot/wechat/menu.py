"""The account's menu: read from `menu.yaml`, checked against the platform's limits."""

from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from dialogs import data

FILE = Path(__file__).with_name("menu.yaml")
CHANGES = "/changes"
COLUMN_BYTES = 16
BUTTON_BYTES = 60


class Button(BaseModel):
    """One button: says `key` to the conversation, or opens `page`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    key: Annotated[str, Field(max_length=128)] | None = None
    page: Annotated[str, Field(max_length=900, pattern="^/")] | None = None

    @model_validator(mode="after")
    def _fits(self) -> "Button":
        if (self.key is None) == (self.page is None):
            raise ValueError(f"{self.name}: give either key or page")
        if len(self.name.encode()) > BUTTON_BYTES:
            raise ValueError(f"{self.name}: longer than {BUTTON_BYTES} bytes")
        return self

    def as_json(self, page_root: str, before_key: str = "") -> dict[str, Any]:
        """As the platform wants it; `before_key`: what tells our keys from those of others."""
        if self.page:
            return {"type": "view", "name": self.name, "url": page_root + self.page}
        return {"type": "click", "name": self.name, "key": f"{before_key}{self.key}"}


class Column(BaseModel):
    """One of the words at the bottom of the chat, with the buttons it opens."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    buttons: Annotated[tuple[Button, ...], Field(min_length=1, max_length=5)]

    @model_validator(mode="after")
    def _fits(self) -> "Column":
        if len(self.name.encode()) > COLUMN_BYTES:
            raise ValueError(f"{self.name}: longer than {COLUMN_BYTES} bytes")
        return self


Columns = Annotated[tuple[Column, ...], Field(min_length=1, max_length=3)]


@cache
def menu(compared: bool = True) -> tuple[Column, ...]:
    """The menu of `menu.yaml`; `compared`: whether there are earlier rules to compare with. Raises
    pydantic.ValidationError where it breaks a limit."""
    columns = data.read(FILE, Columns)
    return columns if compared else tuple(map(_without_changes, columns))


def _without_changes(column: Column) -> Column:
    buttons = tuple(button for button in column.buttons if button.page != CHANGES)
    return column.model_copy(update={"buttons": buttons})


def menu_json(page_root: str, compared: bool = True) -> dict[str, Any]:
    """The body of the platform's `cgi-bin/menu/create`."""
    return {
        "button": [
            {
                "name": column.name,
                "sub_button": [button.as_json(page_root) for button in column.buttons],
            }
            for column in menu(compared)
        ]
    }
