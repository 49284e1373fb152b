"""A conversation as one serialisable value."""

from pydantic import BaseModel, ConfigDict


class Conversation(BaseModel):
    """Everything the bot remembers of a talk. JSON in the database between two messages."""

    model_config = ConfigDict(frozen=True)
