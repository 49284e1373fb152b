"""The forms of a page as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

TICKED = ("radio", "checkbox")
NOT_SENT = ("submit", "button")


@dataclass
class Form:
    """Where it goes, what it would send, and which of its fields a person fills in."""

    method: str
    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    typed: set[str] = field(default_factory=set)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # action, name, value

    def value(self, name: str) -> str:
        return next((value for key, value in self.fields if key == name), "")

    def has(self, name: str, value: str) -> bool:
        return (name, value) in self.fields


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.forms, self.select = path, list[Form](), ""
        self.options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in pairs}
        if tag == "form":
            action = given.get("action", self.path).partition("#")[0]
            self.forms.append(Form(given.get("method", "get"), action))
        elif self.forms and tag == "input":
            self._input(self.forms[-1], given)
        elif self.forms and tag == "select":
            self.select, self.options = given["name"], []
            self.forms[-1].typed.add(self.select)
        elif self.forms and tag == "option":
            self.options.append((given["value"], "selected" in given))
        elif self.forms and tag == "button":
            form = self.forms[-1]
            action = given.get("formaction", form.action)
            form.buttons.append((action, given.get("name", ""), given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self.options:
            chosen = [value for value, selected in self.options if selected]
            self.forms[-1].fields.append((self.select, (chosen or [self.options[0][0]])[0]))

    def _input(self, form: Form, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if kind != "hidden":
            form.typed.add(name)
        if kind not in TICKED or "checked" in given:
            form.fields.append((name, given.get("value", "")))


def forms_of(answer: Any) -> list[Form]:
    """All forms of a page, in its order."""
    reader = _Reader(answer.request.path)
    reader.feed(answer.get_data(as_text=True))
    return reader.forms
