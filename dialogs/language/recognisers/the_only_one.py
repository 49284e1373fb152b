"""A figure far from its name: 志愿者都登记了的，可能10次. The only thing it may be of."""

from collections.abc import Iterator, Mapping
from itertools import chain

from dialogs.language.islands import Island
from dialogs.language.mention import SELF, Mention
from dialogs.language.message import Message
from dialogs.language.outcome import Kind, Refused, Understood
from dialogs.language.questioned import is_asked
from dialogs.language.recognisers.parse import parse
from dialogs.language.scope import is_planned
from scoring import FACTS

_COUNTED: Mapping[str, Kind] = {"count": "count", "yuan": "yuan"}
"""The unit of the figures that are told of a type of facts."""


def read_the_only_one(message: Message) -> Iterator[Mention]:
    """A loose number of times or of yuan, offered for the fact that was named without one."""
    told = set(chain.from_iterable(one.amounts for one in message.islands if one.fact))
    for island in message.loose:
        at, unit = island.core[0], str(message.tokens[island.core[0]].unit)
        kind = _COUNTED.get(unit)
        if kind is None or at in told or is_planned(message, island) or is_asked(message, island):
            continue
        read = parse(kind, message.tokens[at].text, message.today)
        names = {one.fact for one in message.islands if _is_left_open(message, one, unit)}
        if isinstance(read, Understood) and len(names) == 1:
            doubt = Refused("vague", (read.value,), said=message.piece(island))
            token = message.tokens[at]
            fact = names.pop()
            yield Mention(fact, token.start, token.end, refused=doubt, rule="the only one it fits")


def _is_left_open(message: Message, island: Island, unit: str) -> bool:
    """Whether a fact of one's own is named, counted in this unit, and nothing is said of it."""
    named = bool(island.fact) and FACTS[island.fact].type == unit and not island.amounts
    if not named or message.owner(island) != SELF or is_planned(message, island):
        return False
    return not any(one.kind == "no" for one in message.inside(island))
