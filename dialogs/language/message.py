"""A normalised message: its tokens, whose each is, its islands, and what stands around them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dialogs.language.beginnings import named_first
from dialogs.language.grammar import grammar
from dialogs.language.islands import Island, find_islands
from dialogs.language.mention import SELF
from dialogs.language.owners import owners
from dialogs.language.people import joined_people
from dialogs.language.places import only_here, places_meant
from dialogs.language.plainly import plainly_put
from dialogs.language.run_on import paused
from dialogs.language.schooling import as_finished
from dialogs.language.text import clean
from dialogs.language.tokens import Token, tokenise
from dialogs.language.validity import in_force

_BODY = ("遗体", "器官", "角膜")
_LANDLORD = "房东"
_BOTH_HAVE = ("都有", "都是", "都签", "也都有")
_MINE = re.compile("[我俺咱](?:自己|本人)?(?:[开办]的|的?名)")
"""老婆看的那个店|是我开的."""
_MEASURES = frozenset({"一个", "1个", "一本", "一张", "个"})
_TITLES = ("优秀", "先进", "最美", "十佳")
"""表彰过一次|优秀教师: what the honour is called."""
_NEXT_PREDICATE = ("pause", "plan", "conjunction", "self", "person")


@dataclass(frozen=True)
class Message:
    """`owners` holds the owner of each token; see `owners.py`."""

    text: str
    today: date
    tokens: tuple[Token, ...]
    owners: tuple[str, ...]
    islands: tuple[Island, ...]

    def owner(self, island: Island) -> str:
        """Whose an island is. What next of kin gave after death counts for the person who tells;
        the years of renting are not the landlord's."""
        landlord = self.owners[island.core[0]].endswith(_LANDLORD)
        if (
            landlord
            and island.fact == "rented_years"
            and _LANDLORD not in words(self.clause(island))
        ):
            return SELF
        stated = self.tokens[island.core[0]].text if island.value else ""
        if (island.fact == "donation" and self._is_of_kin(island)) or _MINE.search(stated):
            return SELF
        if island.value and self._is_of_both(island):
            return SELF
        return next((self.owners[at] for at in island.core if self.owners[at] != SELF), SELF)

    def _is_of_both(self, island: Island) -> bool:
        """劳动合同|两个人|都有: of the speaker too, after another person."""
        behind = self.tokens[island.last : island.last + 2]
        return [one.kind for one in behind[:1]] == ["us"] and words(behind[1:]) in _BOTH_HAVE

    def _is_of_kin(self, island: Island) -> bool:
        given = self.piece(island)
        return self.owners[island.core[0]].endswith(grammar().kin) and any(
            one in given for one in _BODY
        )

    def inside(self, island: Island) -> Sequence[Token]:
        """The tokens of an island."""
        return self.tokens[island.first : island.last]

    def piece(self, island: Island) -> str:
        """The text of an island."""
        return words(self.inside(island))

    def reach(self, island: Island) -> Sequence[Token]:
        """The tokens that may bear on an island: from the one before, or from the beginning of the
        sentence, to its end."""
        told = _last_until(island.first, self._lasts)
        return self.tokens[max(told, _last_until(island.first, self._ends)) : island.last]

    def clause(self, island: Island) -> Sequence[Token]:
        """The part of the reach after its last pause."""
        reach = self.reach(island)
        pause = max((at for at, token in enumerate(reach) if token.kind == "pause"), default=-1)
        return reach[pause + 1 :]

    def rest(self, island: Island) -> Sequence[Token]:
        """The tokens after an island, to the next predicate."""
        coming = bisect_left(self._cores, island.last)
        after = self._cores[coming] if coming < len(self._cores) else len(self.tokens)
        ends = (at for at in range(island.last, after) if self.tokens[at].kind in _NEXT_PREDICATE)
        return self.tokens[island.last : next(ends, after)]

    def is_cut_short(self, island: Island) -> bool:
        """Whether something that is not understood stands right after a figure: 三年挂零."""
        after = self.tokens[island.last : island.last + 1]
        figure_last = bool(island.amounts) and max(island.core) == island.last - 1
        return figure_last and max(island.amounts) == max(island.core) and _is_unknown(after)

    def following(self, island: Island, most: int = 6) -> Sequence[Token]:
        """Some tokens after an island, whatever they are."""
        return self.tokens[island.last : island.last + most]

    @cached_property
    def _lasts(self) -> list[int]:
        """Where the islands end that tell something, in order: a message may have hundreds."""
        return sorted(one.last for one in self.islands if not self._is_when(one))

    @cached_property
    def _ends(self) -> list[int]:
        """The places behind the pauses that end a sentence, in order."""
        return [at + 1 for at, token in enumerate(self.tokens) if token.ends_sentence]

    def _is_when(self, island: Island) -> bool:
        """打算今年底|去献血: when it is, of what follows."""
        token = self.tokens[island.core[0]]
        if island.loose and token.text in _MEASURES:
            named = self.tokens[island.core[0] + 1 : island.core[0] + 2]
            return bool(named) and named[0].kind in ("value", "noun")  # 打算报一个|大专
        born = self.text.startswith(("生", "出生"), token.end)
        return island.loose and token.unit in ("moment", "year") and not born

    @cached_property
    def _cores(self) -> list[int]:
        """Where the cores of the islands begin, in order."""
        return sorted(min(one.core) for one in self.islands)

    @cached_property
    def loose(self) -> tuple[Island, ...]:
        """The speaker's figures of which nothing says what they are of."""
        return tuple(one for one in self.islands if one.loose and self.owner(one) == SELF)

    def is_unclear(self, facts: Container[str]) -> bool:
        """Whether a figure of these facts, or of none, stands beside what may be a person."""
        people = {token.text for token in self.tokens if token.kind in ("person", "payer")}
        figures = (one for one in self.islands if one.amounts)
        others = (self.owner(one) for one in figures if one.loose or one.fact in facts)
        return any(owner not in (SELF, *people) for owner in others)


def _last_until(place: int, places: Sequence[int]) -> int:
    """The last of some places in order that is not beyond one; 0 where all are."""
    found = bisect_right(places, place)
    return places[found - 1] if found else 0


def _is_unknown(after: Sequence[Token]) -> bool:
    return bool(after) and after[0].kind == "unknown" and not after[0].text.startswith(_TITLES)


def words(tokens: Iterable[Token]) -> str:
    """The text of some tokens."""
    return "".join([token.text for token in tokens])


def read_message(text: str, today: date) -> Message:
    """The message in its parts. Pure; linear in the length of the text."""
    told = named_first(plainly_put(clean(text, keep_spaces=True)))
    plain = in_force(as_finished(told), today)
    found = tokenise(plain, today)
    if (apart := paused(plain, found)) != plain:
        plain, found = apart, tokenise(apart, today)
    if (meant := places_meant(plain, found)) != plain:
        plain, found = meant, tokenise(meant, today)
    if (here := only_here(plain, found, today)) != plain:
        plain, found = here, tokenise(here, today)
    tokens = tuple(joined_people(found))
    return Message(plain, today, tokens, tuple(owners(tokens)), tuple(find_islands(tokens)))
