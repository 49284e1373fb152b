"""Tables, one concept per file. A new table needs its import here and a migration."""

from bot.models.conversation import ConversationRow
from bot.models.delivery import Delivery
from bot.models.unmatched import UnmatchedText

__all__ = ["ConversationRow", "Delivery", "UnmatchedText"]
