"""What the flows share that ask for a consent."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.flow import Flow, Talk
from dialogs.intents.consenting import consenting
from dialogs.reply import Choice
from dialogs.utterance import Said


class AskingConsent(Flow):
    """No word of a choice counts in a message that is neither yes nor no: 不同意？"""

    def picked(self, talk: Talk, said: Said, choices: Sequence[Choice] | None = None) -> str | None:
        told = consenting(said)
        return None if told and told.yes is None else super().picked(talk, said, choices)
