"""What is kept in mind of a message, whichever flow takes it."""

from __future__ import annotations

import re

from dialogs.flow import Talk
from dialogs.flows import top
from dialogs.intents.remarks import lease_on_record, other_permit
from dialogs.interpret import hear
from dialogs.recent import asked
from dialogs.utterance import Said

_LODGINGS = frozenset({"home", "rented"})
_LODGES = re.compile("租(?!客)|房东")


def with_conditions(talk: Talk, said: Said) -> Talk:
    """The talk that keeps in mind that another permit was spoken of, so that 有居住证 may be that
    one, until 浙江省居住证 is said; and that the lodgings have no lease on record."""
    conversation, question = talk.conversation, asked(talk.conversation)
    told = said.tap is None and other_permit(said.text)
    if not conversation.consented or (told and hear(None, said, talk.today).people):
        return talk
    at_permit = top(talk).personal and question is not None and question.id == "permit"
    sure = at_permit and said.tap is None and "浙江" in said.text and not told
    kept = not sure and (conversation.other_permit or told)
    lodged = question is not None and question.id in _LODGINGS
    spoken = said.tap is None and (lodged or _LODGES.search(said.text) is not None)
    lease = lease_on_record(said.text) if spoken else None
    lacks = conversation.no_lease if lease is None else not lease
    if (kept, lacks) == (conversation.other_permit, conversation.no_lease):
        return talk
    return talk.after(conversation.but(other_permit=kept, no_lease=lacks))
