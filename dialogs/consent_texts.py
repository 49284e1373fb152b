"""The versions of the texts that people agree to, read once from `consents.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache

from pydantic import BaseModel, ConfigDict, PositiveInt

from dialogs import data
from dialogs.conversation import Conversation, Given


class Text(BaseModel):
    """One text: its version counts up, `news` is what the last one added, in a sentence or two."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: PositiveInt
    since: date
    news: str

    def answered(self, now: datetime, *, yes: bool = True) -> Given:
        """An answer to this text, given now."""
        return Given(version=self.version, at=now, yes=yes)

    def is_news_to(self, given: Given | None) -> bool:
        """Whether a person agreed to an earlier version, so that it must be asked again."""
        return given is not None and given.yes and given.version < self.version


@cache
def texts() -> Mapping[str, Text]:
    """All texts by their names: `general` and `sensitive`."""
    return data.load("dialogs", "consents.yaml", dict[str, Text])


def general() -> Text:
    """The text of the consent to keeping what is said."""
    return texts()["general"]


def sensitive() -> Text:
    """The text of the separate consent to asking for sensitive facts."""
    return texts()["sensitive"]


def outdated(conversation: Conversation) -> bool:
    """Whether a person agreed to an earlier text of the general consent."""
    return general().is_news_to(conversation.consent)
