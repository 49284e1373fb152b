"""The result of one turn of the conversation."""

from dataclasses import dataclass

from dialogs.conversation import Conversation
from dialogs.reply import Reply
from dialogs.requests import Request


@dataclass(frozen=True, slots=True)
class Turn:
    """`reply` is None exactly when a `request` must be fulfilled first; `unmatched` is a text that
    nobody understood, to be kept without identity; `hearer` is the function of
    `dialogs.router` that took the text, "" where none did."""

    conversation: Conversation
    reply: Reply | None
    request: Request[object] | None = None
    unmatched: str | None = None
    hearer: str = ""
