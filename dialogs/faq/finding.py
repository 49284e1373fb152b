"""Which topic a question is about, and how sure that is."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from dialogs.faq.index import Hit, Index
from dialogs.faq.text import NUMBER, writing
from dialogs.faq.topic import Entry, Neighbour, Topic, chatter, neighbours, topics
from dialogs.questions import questions

SURE = 0.25
"""A direct answer needs at least this score …"""
SURE_OF_SHORT = 0.35
"""… or this, where what is asked has at most SHORT characters: those fit many things by chance …"""
SHORT = 6
AHEAD = 0.25
"""… and the next topic must fall behind by this share of it …"""
AHEAD_OF_MUTE = 0.15
"""… or by this, where the next topic knows nothing of the question that the best does not …"""
MUTE = 0.02
"""Share of the question below which the next topic knows nothing of its own."""
WORDED = 0.6
"""… unless both speak of the same rows (献血 here, 献血 elsewhere), or the next topic knows more of
the words that say what is asked; from this score on the best has nearly the same alias, and may."""
THEIRS = 0.5
"""A neighbouring service comes before any topic where it is likelier, or knows this share of the
words that say what is asked, of which no topic knows any."""
LIKELY = 0.14
LIKELY_ASKED = 0.08
"""Below this score nothing is offered; to what asks, or tells a story, rather three topics to
choose from than no help. It costs a list for 2 of 712 texts that are off topic."""

LIKELY_OF_OPTION = 0.4
"""The same for a bare word that also answers a question of ours (党员). It is never answered
directly."""

KNOWN = 0.33
"""Share of the characters that say what is asked which the topic must know for a direct answer;
there must be LEAST of them, or this score and no number: 在哪里查积分 is all common words …"""
LEAST = 2
SURE_OF_COMMON = 0.5
KNOWN_OF_TOLD = 0.8
SURE_OF_TOLD = 0.4
LEAST_TOLD = 6
"""… and, where nothing is asked, only told, that share, the score, and so many such characters:
fewer answer a question of ours more often than they ask one."""
HEARD = 0.2
LIKELY_UNHEARD = 0.22
LIKELY_EMPTY = 0.4
LEAST_EMPTY = 4
"""Below that share, by sound, and this score nothing is offered; nor, where no such character is
left, below LIKELY_EMPTY, in fewer than LEAST_EMPTY characters, or with a number (怎么才56分) …"""
HEARD_OF_TOLD = 0.5
LIKELY_OF_TOLD = 0.32
"""… and where nothing is asked, in fewer than LONG_TOLD characters, both are needed."""
LONG_TOLD = 9
FAR_AHEAD = 0.3
"""… unless the next entry falls behind by this share …"""
AHEAD_OF_STORY = 0.1
"""… and a longer one is answered with the likeliest topic where the next falls so far behind."""

LEVEL = 0.9
LITTLE = 0.6
LONG = 8
"""Of a text with so many characters that say what it is about, a neighbouring service or chatter
must know that share, or be ahead of the best topic by more than the rest to LEVEL."""

SURE_UNSUPPORTED = 0.28
"""Below this score a topic must know a word that says what is asked, written so or sounding so, or
be alone, else it is only offered: 论文呢 is like many in all words but that."""

CLOSE, CLOSE_KNOWN = 0.7, 0.6
"""Under an answer a topic is offered that reaches this share of its score; the lower one, where it
knows KNOWN of what is asked. All else is like it by common words only."""

_PARTS = re.compile(r"[（），、]")
_HAVING = re.compile(r"^(?:我是|我有|没有|我|有|没|是)")

CHATTER = "chatter"
"""The entry of what nobody answers."""
OBTAIN = "obtain_elsewhere"
"""The topic of how to obtain what counts: pointed elsewhere."""
SURE_OF_THING = 0.25
"""What is left without the words of asking must score this much to be what is to be obtained."""
LOST = "missing_documents"
"""The topic of papers that are lost: where to have them again is OBTAIN's."""
EARNING = ("common", "county")
"""Groups of the topics about what counts; all else that is obtained is ours to explain."""

Decision = Literal["answer", "likely", "choices", "elsewhere", "none"]


@dataclass(frozen=True, slots=True)
class Found:
    """`topics`: up to three ids, best first. "likely": the first is answered outright, the others
    are offered under it. "elsewhere": a `neighbour`, or OBTAIN with the topic of what is obtained;
    a neighbour through which something that counts is obtained has OBTAIN as its topic. `asks`:
    whether the text asks, or names a topic or one that is heeded, rather than tells. `supported`:
    whether the first topic knows a word of what is asked; where not, it is only offered.
    `close`: those that are worth offering under the answer of the first."""

    decision: Decision
    topics: tuple[str, ...] = ()
    neighbour: str | None = None
    asks: bool = False
    supported: bool = True
    close: tuple[str, ...] = ()

    @property
    def beside(self) -> str | None:
        """The topic of what is to be obtained elsewhere."""
        return self.topics[1] if len(self.topics) > 1 and self.topics[0] == OBTAIN else None


NOTHING = Found("none")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a text is about: its subject, the words of it that matter, and whether it asks."""

    subject: str
    content: list[str]
    asks: bool

    @property
    def open_ended(self) -> bool:
        """Whether it asks, or tells more than an answer would."""
        return self.asks or len(self.subject) >= LONG_TOLD

    @property
    def size(self) -> int:
        """Characters that say what it is about."""
        return sum(map(len, self.content))


class Finder:
    """Finds topics by their aliases (the package's, unless others are given) and by those that the
    staff added: topic id → texts."""

    def __init__(
        self,
        added: Mapping[str, Iterable[str]] | None = None,
        own: Mapping[str, Topic] | None = None,
        nearby: Mapping[str, Neighbour] | None = None,
    ) -> None:
        more = added or {}
        self._own = topics() if own is None else own
        self._nearby = neighbours() if nearby is None else nearby
        entries: dict[str, Entry] = {**self._own, **self._nearby}
        self._writing = writing()
        self._taught = {
            subject: id
            for id, texts in more.items()
            for text in texts
            if id in self._own and (subject := self._subject(text))
        }
        phrases = {id: (one.title, *one.aliases, *more.get(id, ())) for id, one in entries.items()}
        phrases[CHATTER] = chatter()
        subjects = {id: [self._subject(text) for text in texts] for id, texts in phrases.items()}
        self._phrases = frozenset(subject for each in subjects.values() for subject in each)
        self._index = Index(subjects)

    def find(self, text: str) -> Found:
        """Decide what to do with `text`: one lookup in the index."""
        plain = self._writing.plain(text)
        if self._writing.answers(plain):
            return NOTHING
        subject = self._writing.subject(plain)
        if subject in self._taught:
            return Found("answer", (self._taught[subject],))
        hits = self._index.hits(subject)
        asks = self._writing.asks(text, plain)
        asked = _Asked(subject, self._writing.content(subject), asks)
        option = _HAVING.sub("", plain) in _options()
        if not hits or hits[0].score < self._least(asked, option):
            return Found("none", asks=asks)
        found = self._decided(hits, asked, option, plain)
        asks = asks or subject in self._phrases or self._heeded(found.topics)
        return replace(found, asks=asks)

    def _least(self, asked: "_Asked", option: bool) -> float:
        """The score below which nothing is offered."""
        if option:
            return LIKELY_OF_OPTION
        return LIKELY_ASKED if asked.open_ended else LIKELY

    def _decided(self, hits: Sequence[Hit], asked: "_Asked", option: bool, plain: str) -> Found:
        best, own = hits[0], [hit for hit in hits if hit.id in self._own]
        level = bool(own) and (own[0] is best or self._nearly(own[0], best, asked))
        if not own or not (level or self._about_points(best.id, asked, plain)):
            return self._near(best.id, asked)
        if (theirs := self._theirs(hits, asked)) is not None:
            return Found("elsewhere", neighbour=theirs)
        exact = asked.subject in self._phrases
        if (beside := self._obtained(own, exact, plain)) is not None:
            return Found("elsewhere", (OBTAIN, *beside), close=beside)
        own = [hit for hit in own if hit.id != OBTAIN]
        topics = tuple(hit.id for hit in own[:3])
        if not self._heard(own[:3], asked) and not self._alone(hits, asked):
            if not (level and asked.open_ended and asked.size >= LEAST):
                return NOTHING
            likely = asked.asks and own[0] is best
            return self._offered(Found("likely" if likely else "choices", topics), hits, asked)
        if own[0] is best and not option and self._sure(hits, asked):
            return Found("answer", topics)
        likely = asked.asks or exact or self._heeded(topics) or self._plain_story(own, asked)
        return self._offered(Found("likely" if likely else "choices", topics), hits, asked)

    def _offered(self, found: Found, hits: Sequence[Hit], asked: "_Asked") -> Found:
        """Not answered outright, where the topic has no word of what is asked."""
        found = replace(found, close=self._close(found.topics, hits, asked))
        if found.decision == "choices" or not asked.content or asked.subject in self._phrases:
            return found
        known = self._index.covered(found.topics[0], asked.content, by_sound=True)
        if known or hits[0].score >= SURE_UNSUPPORTED or self._alone(hits, asked):
            return found
        return replace(found, decision="choices", supported=False)

    def _close(
        self, topics: Sequence[str], hits: Sequence[Hit], asked: "_Asked"
    ) -> tuple[str, ...]:
        """The topics behind the first that are not far from it."""
        first, *others = (hit for hit in hits if hit.id in topics)
        return tuple(
            hit.id
            for hit in others
            if hit.score >= CLOSE * first.score
            or (
                hit.score >= CLOSE_KNOWN * first.score
                and self._index.covered(hit.id, asked.content, by_sound=True) >= KNOWN
            )
        )

    def _heeded(self, topics: Sequence[str]) -> bool:
        """Whether the best topic is answered where it is only told, too."""
        return bool(topics) and self._own[topics[0]].heeded

    def _plain_story(self, own: Sequence[Hit], asked: "_Asked") -> bool:
        """Whether a text that only tells is long, and about one topic more than another."""
        if not asked.open_ended:
            return False
        return len(own) < 2 or 1 - own[1].score / own[0].score >= AHEAD_OF_STORY

    def _near(self, id: str, asked: "_Asked") -> Found:
        """A neighbouring service, where it knows enough of the text to be named."""
        if id not in self._nearby or not self._covers(id, asked):
            return NOTHING
        topics = (OBTAIN,) if self._nearby[id].obtains else ()
        return Found("elsewhere", topics, neighbour=id)

    def _nearly(self, own: Hit, best: Hit, asked: "_Asked") -> bool:
        """Whether a topic is as good as level with what is no topic, which knows little of a long
        text: then help is better than silence."""
        level = asked.size >= LONG and own.score >= LEVEL * best.score
        return level and self._index.covered(best.id, asked.content) < LITTLE

    def _about_points(self, near: str, asked: "_Asked", plain: str) -> bool:
        """Whether a text is about points, though a neighbouring service is likelier."""
        obtains = near in self._nearby and self._nearby[near].obtains
        return self._writing.ours(asked.subject) or (obtains and self._writing.values(plain))

    def _obtained(self, own: Sequence[Hit], exact: bool, plain: str) -> tuple[str, ...] | None:
        """The topic of what a text asks how to obtain, if any; None where it asks nothing such, or
        for what is ours. Where the words of asking lead to a topic about ourselves, the others are
        looked up alone."""
        itself = own[0].id == OBTAIN and not self._writing.values(plain)
        if not itself and (exact or not self._writing.obtains(plain)):
            return None
        if not itself and not self._elsewhere(own[0]):
            thing = self._writing.subject(self._writing.thing(plain))
            own = [hit for hit in self._index.hits(thing) if hit.id in self._own]
            known = own and own[0].score >= SURE_OF_THING and self._elsewhere(own[0])
            if not known or sum(map(len, self._writing.content(thing))) < LEAST:
                return None
        return tuple(hit.id for hit in own[:3] if self._own[hit.id].group in EARNING)[:1]

    def _elsewhere(self, hit: Hit) -> bool:
        """Whether what a topic speaks of is obtained elsewhere, and its answer does not say so."""
        topic = self._own[hit.id]
        return hit.id == LOST or (topic.group in EARNING and not topic.tells_where)

    def _theirs(self, hits: Sequence[Hit], asked: "_Asked") -> str | None:
        """The neighbouring service that knows what is asked, where no topic of ours does."""
        if not asked.asks or self._writing.ours(asked.subject):
            return None
        near = next((hit.id for hit in hits if hit.id in self._nearby), None)
        if near is None or self._index.covered(near, asked.content) < THEIRS:
            return None
        known = (self._index.covered(hit.id, asked.content) for hit in hits if hit.id in self._own)
        return None if any(known) else near

    def _subject(self, text: str) -> str:
        return self._writing.subject(self._writing.plain(text))

    def _knows(self, hit: Hit, asked: "_Asked") -> bool:
        """Whether an entry knows what a text is about, not just a word of it."""
        if asked.subject in self._phrases:
            return asked.asks or asked.size >= LEAST_TOLD
        known = self._index.covered(hit.id, asked.content)
        if asked.asks and asked.size < LEAST and NUMBER not in asked.subject:
            return hit.score >= SURE_OF_COMMON and (known >= KNOWN or not asked.content)
        least, share = (LEAST, KNOWN) if asked.asks else (LEAST_TOLD, KNOWN_OF_TOLD)
        return asked.size >= least and known >= share

    def _covers(self, id: str, asked: "_Asked") -> bool:
        """Whether a neighbouring service knows enough of the text to be named."""
        if asked.subject in self._phrases:
            return True
        least, share = (1, HEARD) if asked.asks else (LEAST, HEARD_OF_TOLD)
        return asked.size >= least and self._index.covered(id, asked.content) >= share

    def _heard(self, hits: Sequence[Hit], asked: "_Asked") -> bool:
        """Whether any of the entries knows enough of the text to be offered."""
        if asked.subject in self._phrases:
            return True
        score = hits[0].score
        if not asked.content:
            known = score >= LIKELY_EMPTY and len(asked.subject) >= LEAST_EMPTY
            return self._writing.ours(asked.subject) or (known and NUMBER not in asked.subject)
        heard = max(self._index.covered(hit.id, asked.content, True) for hit in hits)
        if asked.asks or len(asked.subject) >= LONG_TOLD:
            return heard >= HEARD or score >= LIKELY_UNHEARD
        return asked.size >= LEAST and heard >= HEARD_OF_TOLD and score >= LIKELY_OF_TOLD

    def _alone(self, hits: Sequence[Hit], asked: "_Asked") -> bool:
        """Whether a question, or a story, has one entry so far ahead that it can be no other."""
        if not asked.open_ended:
            return False
        return len(hits) < 2 or 1 - hits[1].score / hits[0].score >= FAR_AHEAD

    def _sure(self, hits: Sequence[Hit], asked: "_Asked") -> bool:
        best, *others = hits
        if best.score < (SURE if len(asked.subject) > SHORT else SURE_OF_SHORT):
            return False
        if not self._knows(best, asked):
            return False
        if not asked.asks and best.score < SURE_OF_TOLD:
            return False
        return not others or 1 - others[0].score / best.score >= self._ahead(hits, asked.content)

    def _ahead(self, hits: Sequence[Hit], content: Sequence[str]) -> float:
        """How far ahead the best must be to be answered without asking back."""
        best, second = hits[:2]
        rows = [self._own[hit.id].items if hit.id in self._own else () for hit in (best, second)]
        kin = not set(rows[0]).isdisjoint(rows[1])
        known = [self._index.covered(hit.id, content) for hit in (best, second)]
        close = best.score < WORDED and (kin or known[0] < known[1])
        return AHEAD_OF_MUTE if second.alone <= MUTE and not close else AHEAD


@cache
def _options() -> frozenset[str]:
    """Every way to give a choice of the questionnaire, and its parts (三级, 高级工), plain."""
    return frozenset(
        writing().plain(part)
        for question in questions().values()
        for option in question.options
        for way in (option.label, *option.aliases)
        for part in (way, *_PARTS.split(way))
        if part
    )


@cache
def finder() -> Finder:
    """The finder of the package's own aliases, built once."""
    return Finder()


def says_nothing(text: str) -> bool:
    """Whether no word of a question says what it is about.

    >>> says_nothing("那我有分吗"), says_nothing("社保有分吗")
    (True, False)
    """
    return len("".join(writing().named(writing().plain(text)))) < LEAST


def find(text: str) -> Found:
    """`Finder.find` with the package's own aliases.

    >>> find("献血加多少分").topics[0]
    'blood_points'
    """
    return finder().find(text)
