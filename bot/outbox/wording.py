"""Which template a notice uses, and the words in its fields."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator, model_validator

from bot.outbox.fields import LIMITS, fit
from bot.outbox.sms.config import Sms
from bot.settings import SettingsError
from dialogs import data
from dialogs.phrases import day

FILE = Path(__file__).with_name("notices.yaml")
LONG_TERM, ONE_TIME, CATEGORY = "long_term", "one_time", "category"
SUBSCRIBE, CUSTOM, SMS = "subscribe", "custom", "sms"  # the ways out
MOST_ASKED = 3  # templates in one of the platform's dialogues
Ways = tuple[Literal["subscribe", "custom", "sms"], ...]


class Template(BaseModel):
    """A template of the account. Without an `id` nothing is sent under it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = ""
    page: str = "/appointments"
    fields: dict[str, str]

    @field_validator("fields")
    @classmethod
    def _known(cls, fields: dict[str, str]) -> dict[str, str]:
        for name in fields:
            if name.rstrip("0123456789") not in LIMITS:
                raise ValueError(f"field {name}: its kind must be one of {', '.join(LIMITS)}")
        return fields


class Wording(BaseModel):
    """The texts of one kind of notice: two for a template's fields, one for a message of its own;
    the page it leads to and the ways it goes, if not the template's and those of all."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    template: str
    what: str
    note: str
    text: str = "{what}，{site}，{soon}。{note}"
    page: str = ""
    ways: Ways | None = None


class Notices(BaseModel):
    """All of notices.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    consent: Literal["long_term", "one_time", "category"]
    ways: Ways
    sms: Sms = Sms()
    templates: dict[str, Template]
    notices: dict[str, Wording]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        for kind, wording in self.notices.items():
            if wording.template not in self.templates:
                raise ValueError(f"notice {kind}: there is no template {wording.template}")
        if self.consent != CATEGORY and len(self.template_ids) > MOST_ASKED:
            raise ValueError(f"people can be asked about {MOST_ASKED} templates at most")
        return self

    @property
    def template_ids(self) -> tuple[str, ...]:
        """The templates that notices use, without those that have no id yet."""
        used = dict.fromkeys(self.template(kind).id for kind in self.notices)
        return tuple(filter(None, used))

    def template(self, kind: str) -> Template:
        """The template of a kind of notice."""
        return self.templates[self.notices[kind].template]

    def ways_of(self, kind: str) -> tuple[str, ...]:
        """The ways a kind of notice goes, in the office's order."""
        own = self.notices[kind].ways
        return self.ways if own is None else tuple(way for way in self.ways if way in own)

    def page(self, kind: str) -> str:
        """Where a kind of notice leads."""
        return self.notices[kind].page or self.template(kind).page

    def fields(self, kind: str, words: Mapping[str, str]) -> dict[str, str]:
        """The template's fields with the words of this notice, each within its limit."""
        blanks = self.blanks(kind, words)
        template = self.template(kind)
        return {name: fit(name, text.format_map(blanks)) for name, text in template.fields.items()}

    def text(self, kind: str, words: Mapping[str, str]) -> str:
        """The notice as a message of its own."""
        return self.notices[kind].text.format_map(self.blanks(kind, words))

    def blanks(self, kind: str, words: Mapping[str, str]) -> "_Words":
        """The words of this notice by the names that texts call them."""
        wording = self.notices[kind]
        spoken = _Words(_spoken(words))
        spoken |= {"what": wording.what, "note": wording.note.format_map(spoken)}
        return spoken


class _Words(dict[str, str]):
    """Words a notice may lack are left out."""

    def __missing__(self, key: str) -> str:
        return ""


@cache
def load_notices(own: Path | None = None) -> Notices:
    """The notices, with the office's own file laid over them.

    Raises:
        SettingsError: something in that file is wrong; it says where.
    """
    said = data.read(FILE, Any)
    try:
        if own is not None:
            said = _laid_over(said, data.read(own, Any) or {})
        return Notices.model_validate(said)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise SettingsError(f"XINSHIMIN_NOTICES: {error}") from error


def _laid_over(data: Any, own: Any) -> Any:
    if not isinstance(data, dict) or not isinstance(own, dict):
        return own
    return data | {key: _laid_over(data.get(key), value) for key, value in own.items()}


def _spoken(words: Mapping[str, str]) -> dict[str, str]:
    """Moments as people read them: `when` with day and year, `soon` without the year, `until` as
    a time with its day of the month apart; a reason that is given, in brackets."""
    spoken = dict(words)
    if "starts_at" in words:
        starts_at = datetime.fromisoformat(words["starts_at"])
        spoken["when"] = f"{day(starts_at.date())} {starts_at:%H:%M}"
        spoken["soon"] = f"{starts_at.month}月{starts_at.day}日 {starts_at:%H:%M}"
    if "until" in words:
        until = datetime.fromisoformat(words["until"])
        spoken |= {"until": f"{until:%H:%M}", "until_day": str(until.day)}
    if words.get("reason"):
        spoken["because"] = f"（{words['reason']}）"
    return spoken
