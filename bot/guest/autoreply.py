"""The account's own replies (自动回复), which WeChat stops giving once there is a callback: read
from a file and given as before, in text."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.guest.data import checked, faults, guest
from bot.settings import Settings, SettingsError
from bot.wechat.message import Message
from dialogs.rendering import LIMIT


def _fits(text: str) -> str:
    if len(text.encode()) > LIMIT:
        raise ValueError(f"longer than {LIMIT} bytes, which WeChat would cut")
    return text.strip()


Text = Annotated[str, AfterValidator(_fits)]
Words = tuple[Annotated[str, Field(min_length=1)], ...]


class Rule(BaseModel):
    """A reply to messages that are one of some words, or have one in them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = ""
    exact: Words = ()
    contains: Words = ()
    reply: Annotated[Text, Field(min_length=1)]

    @model_validator(mode="after")
    def _has_words(self) -> "Rule":
        if not (self.exact or self.contains):
            raise ValueError("give words under exact or contains")
        return self


class Autoreply(BaseModel):
    """What the account says by itself: to a new follower, to words, to anything else. Without
    `default` what has no keyword is ours."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    follow: Text = ""
    default: Text = ""
    keywords: tuple[Rule, ...] = ()

    def to(self, message: Message) -> str | None:
        """The reply to a message, None where there is none: the first rule with exactly its text,
        otherwise the first with a word in it."""
        if message.kind == "event":
            return (self.follow or None) if message.event == "subscribe" else None
        text = message.text("Content").strip() if message.kind == "text" else ""
        found = (rule for rule in self.keywords if text in rule.exact)
        in_it = (rule for rule in self.keywords if any(word in text for word in rule.contains))
        rule = next(found, None) or next(in_it, None)
        return rule.reply if rule else self.default or None

    def has_one_for(self, message: Message) -> bool:
        """Whether there is a reply to it."""
        return self.to(message) is not None


def demand_sound(settings: Settings) -> None:
    """Raises SettingsError where the files of a shared account are not sound."""
    if settings.is_guest:
        guest()
    if settings.autoreply:
        autoreply(settings.autoreply)


def autoreply(file: Path) -> Autoreply:
    """The replies of a file. Raises SettingsError, which names the file and what is wrong."""
    try:
        return Autoreply.model_validate(checked(file))
    except ValidationError as error:
        raise SettingsError(f"{file}: {faults(error)}") from error
