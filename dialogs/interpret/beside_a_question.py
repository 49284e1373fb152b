"""An answer with a question beside it: 一本证都没有，能加分吗."""

from collections.abc import Sequence
from itertools import groupby

from dialogs.interpret.asked import Answer, Asked
from dialogs.interpret.offers import as_offered
from dialogs.interpret.stories import likely_values
from dialogs.language import Refused
from dialogs.language.message import words
from dialogs.language.questioned import asks_what_it_is
from dialogs.language.tokens import Token
from dialogs.reading import Taken


def beside_a_question(asked: Asked) -> Answer:
    """一本证都没有，能加分吗; 高级工，算不算: the one clause that tells anything, as offered;
    what stands around it asks, or says nothing. Beside a doubt (，不知道对不对) it is offered."""
    message = asked.told.message
    if asked.question.ticks or asked.question.fields or any(message.owners):
        return None
    parts = groupby(message.tokens, lambda one: one.kind == "pause")
    clauses = [list(some) for pause, some in parts if not pause]
    telling = [one for one in clauses if not _TELLS.isdisjoint(token.kind for token in one)]
    if len(telling) != 1 or not all(one in telling or _only_asks(one) for one in clauses):
        return None
    if len(clauses) == 1 or any(asks_what_it_is(message, one) for one in message.islands):
        return None
    head = words(telling[0])
    answer = as_offered(asked.question, head, message.today, asked.year)
    if answer is None and not asked.question.kind:
        read = asked.read(head)
        answer = read if isinstance(read, Taken) and not read.more else None
    if answer is None or not any(one.kind == "unsure" for one in message.tokens):
        return answer
    return Refused("vague", likely_values(answer), said=head) if likely_values(answer) else None


def _only_asks(clause: Sequence[Token]) -> bool:
    """能加分吗, or words that mean nothing: 那个; not 租给别人了."""
    kinds = {token.kind for token in clause}
    return "ask" in kinds or kinds <= _MEANS_NOTHING


_MEANS_NOTHING = frozenset({"tail", "noise", "self", "conjunction", "unsure"})
_TELLS = frozenset(
    {"fact", "value", "noun", "amount", "no", "plan", "us", "person", "place", "reporter", "payer"}
)
"""What more than asks."""
