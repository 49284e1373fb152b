"""The talk of a person as a page reads it."""

import logging

from pydantic import ValidationError
from sqlalchemy import Connection, select
from sqlmodel import col

from bot.models import ConversationRow
from bot.sealing.keyring import DamagedError
from bot.service import Service
from dialogs.conversation import Conversation
from dialogs.flow import Talk
from dialogs.migration import migrated, valid

log = logging.getLogger(__name__)


class LostError(Exception):
    """What is stored of the talk cannot be read."""


def read_talk(connection: Connection, person: str) -> Conversation | None:
    """The talk as it stands; None where there is none.

    Raises:
        LostError: see there.
    """
    wanted = select(col(ConversationRow.talk)).where(col(ConversationRow.person) == person)
    try:
        talk = connection.scalar(wanted)
        return Conversation.model_validate_json(talk) if talk else None
    except DamagedError as error:
        log.error("a page goes without a talk, which is lost: %s", error)
        raise LostError from error
    except ValidationError as error:
        places = [problem["loc"] for problem in error.errors()]  # its text would quote the person
        log.error("a page goes without a talk, which is unreadable at %s", places)
        raise LostError from error


def current(conversation: Conversation, service: Service) -> Conversation:
    """The talk brought up to date, as its next message would."""
    step = migrated(Talk(conversation, service.clock(), service.rules()))
    found = step.conversation if step else conversation
    return found.but(facts=valid(found.facts))
