"""One analysis of a message, independent of what was asked: what it tells, and of whom."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from dialogs.language.asking import asking_part
from dialogs.language.interruptions import with_gaps
from dialogs.language.islands import Island
from dialogs.language.lexicon import patterns
from dialogs.language.mention import SELF, Mention
from dialogs.language.message import Message, read_message
from dialogs.language.outcome import Refused
from dialogs.language.recognisers.named_amounts import read_amounts
from dialogs.language.recognisers.named_nouns import AFFIRMED, DENIED, read_noun, read_renting
from dialogs.language.recognisers.named_values import CONTRACT, read_values
from dialogs.language.recognisers.registered import (
    NO_PERMIT,
    read_registered,
    registered_perhaps,
    registered_since,
)
from dialogs.language.recognisers.the_only_one import read_the_only_one
from dialogs.language.recognisers.unnamed import read_unnamed
from dialogs.language.recognisers.unsaid import UNSAID, read_unsaid
from dialogs.language.shared_business import not_yet_one_s_own
from dialogs.language.since_registered import IN_DOUBT, never_registered


@dataclass(frozen=True)
class Analysis:
    """A message, and the facts it tells, of anyone: one mention per fact and owner."""

    message: Message
    mentions: tuple[Mention, ...]

    @cached_property
    def question(self) -> str:
        """The part that asks for something; "" where nothing does."""
        return asking_part(self.message)


@lru_cache(8)  # a turn asks more than once what its message says
def analyse(text: str, today: date) -> Analysis:
    """What a message says. Pure; never raises on any text.

    >>> told = analyse("我哥交了五年社保我公积金两年", date(2026, 11, 28))
    >>> [(one.owner, one.fact, one.value) for one in told.mentions]
    [('我哥', 'social_insurance_months', 60), ('', 'housing_fund_months', 24)]
    """
    message = read_message(text, today)
    told = _not_taken_back(message, list(_mentions(message)))
    sorted_out = _one_home(_contract_now(_not_none(_registered(message, told))))
    own = not_yet_one_s_own(message, sorted_out)
    return Analysis(message, tuple(with_gaps(message, _unregistered(message, own))))


def _not_taken_back(message: Message, told: Sequence[Mention]) -> Iterator[Mention]:
    """有居住证，不对，只有登记: without what another mention of the same fact puts right."""
    places = [found.start() for found in patterns("taken_back").finditer(message.text)]
    places += [found.start() for found in _NOT_SO.finditer(message.text)]
    for one in told:
        later = (two for two in told if (two.fact, two.owner) == (one.fact, one.owner))
        if not any(one.end <= place < two.start for two in later for place in places):
            yield one


_NOT_SO = re.compile("(?<=[,。; ])不是(?=[,。; ])")
"""今年38岁，不是，37."""


def _mentions(message: Message) -> Iterator[Mention]:
    grouped: dict[tuple[str, str], list[Island]] = {}
    for island in message.islands:
        if island.noun and (not island.amounts or _is_there(message, island)):
            yield from read_noun(message, island)
        if island.noun and not island.amounts:
            continue
        if island.loose:
            unnamed = read_unnamed(message, island)
            yield from [unnamed] if unnamed else []
        else:
            if island.fact == "rented_years":
                yield from read_renting(message, island)
            grouped.setdefault((island.fact, message.owner(island)), []).append(island)
    yield from read_unsaid(message)
    yield from read_the_only_one(message)
    yield from read_registered(message)
    for (fact, owner), islands in grouped.items():
        yield from _of_one_fact(message, fact, owner, islands)


def _is_there(message: Message, island: Island) -> bool:
    """有居住登记三年: that one has it, and how long; not 居住登记是17年办的."""
    at = island.core[0]
    return at > 0 and message.tokens[at - 1].text.endswith("有")


def _of_one_fact(
    message: Message, fact: str, owner: str, islands: list[Island]
) -> Iterator[Mention]:
    reads = read_values if islands[0].value else read_amounts
    outcome = reads(message, fact, islands)
    if outcome is None:
        return
    said, rule = outcome
    start = message.tokens[islands[0].first].start
    end = message.tokens[islands[-1].last - 1].end
    if isinstance(said, Refused):
        yield Mention(fact, start, end, refused=said, owner=owner, rule=rule)
    else:
        yield Mention(fact, start, end, said, owner=owner, rule=rule)


def _registered(message: Message, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """登记办了，居住证还没领到 is registered; 登记办了，居住证也有 is more than that."""
    told = list(mentions)
    said = {(one.owner, one.value) for one in told if one.fact == "permit"}
    first = [one.kind for one in message.tokens[:2]]
    for one in told:
        more = {"none": "registration_only", "registration_only": "residence_permit"}
        beyond = more.get(str(one.value)) if one.fact == "permit" else None
        lacks = NO_PERMIT.search(message.text) or first == ["no", "pause"]  # 没有，但有居住登记
        denied = (one.owner, "none") in said or lacks
        none = (one.fact, one.value) == ("permit", "none") and one.rule in (DENIED, UNSAID)
        if none and registered_perhaps(message):
            yield _perhaps_registered(message, one)
        elif one.rule == AFFIRMED and beyond == "residence_permit" and not denied:
            doubt = Refused(
                "vague", ("registration_only",)
            )  # 有居住登记 says nothing of the permit
            yield replace(one, value=None, refused=doubt, rule="registered, of the permit nothing")
        elif beyond is None or (one.owner, beyond) not in said:
            yield one


def _perhaps_registered(message: Message, permit: Mention) -> Mention:
    """没有居住证，登记是25年3月: registered, where it is told since when; otherwise perhaps."""
    if registered_since(message):
        return replace(permit, value="registration_only", rule="no permit, but registered")
    doubt = Refused("vague", ("registration_only",))
    return replace(permit, value=None, refused=doubt, rule="no permit, registered perhaps")


def _unregistered(message: Message, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """没登记 来了5个月: a stay without a registration counts nothing; that of a guest
    (临时住宿登记) may count or not."""
    never, lodged = never_registered(message.text), IN_DOUBT.search(message.text)
    for one in mentions:
        if lodged and one.fact == "residence_months" and isinstance(one.value, int):
            doubt = Refused("guest", (one.value,))
            yield replace(one, value=None, refused=doubt, rule="a guest's registration")
        elif never and one.fact == "residence_months" and one.owner == SELF:
            yield replace(one, value=0, refused=None, rule="never registered")
        else:
            yield one


def _not_none(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """没职称，就一个初级工: that one kind is lacking denies no other that is there."""
    told = list(mentions)
    there = {(one.owner, one.fact) for one in told if one.value not in (None, "none", False)}
    for one in told:
        lacks = one.value == "none" or (one.fact == _OF_SEVERAL_KINDS and one.value is False)
        if not lacks or (one.owner, one.fact) not in there:
            yield one


_OF_SEVERAL_KINDS = "donor_registration"
"""造血干细胞采过样，器官捐献还没登记: one of the two is enough."""


def _contract_now(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """合同以前签过，现在没合同: of a contract there and not there, what is said last."""
    told = list(mentions)
    either = (frozenset({CONTRACT}), frozenset[str]())
    of_it = [one for one in told if one.fact == "employment" and one.value in either]
    last = {one.owner: one for one in sorted(of_it, key=lambda one: one.start)}
    yield from (one for one in told if one not in of_it or one is last[one.owner])


def _one_home(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """房子买了还在装修，现在先租着住: bought and rented is asked back. 住的是安置房: it was not
    bought."""
    told = list(mentions)
    built = [one for one in told if one.fact == "self_built_home" and one.value]
    if built and not any(one.fact in ("owned_home", "rented_years") for one in told):
        told.append(replace(built[0], fact="owned_home", value=False))
    values = {(one.owner, one.value) for one in told if one.fact == "owned_home"}
    for one in told:
        if one.fact == "owned_home" and {(one.owner, True), (one.owner, False)} <= values:
            yield replace(one, value=None, refused=Refused("contradictory"), rule="two homes")
        else:
            yield one
