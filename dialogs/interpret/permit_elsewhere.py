"""A permit of another place, where it is asked for one of the county: 有啊，鹿城发的那张."""

from dialogs.interpret.asked import Answer, Asked
from dialogs.language import Refused
from dialogs.language.lexicon import any_of
from dialogs.language.places import is_of_elsewhere


def permit_elsewhere(asked: Asked) -> Answer:
    """It says yes, and then of which place the permit is, not in the county now."""
    message = asked.told.message
    if asked.question.id != "permit" or any(message.owners):
        return None
    here = any_of("in_county").search(message.text)  # 鹿城办的，搬来以后换了永嘉的
    denied = any(one.kind == "no" for one in message.tokens)
    away = not here and not denied and is_of_elsewhere(message.tokens, "permit")
    return Refused("elsewhere", said=message.text) if away else None
