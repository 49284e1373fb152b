"""A conversation as one serialisable value."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from itertools import takewhile
from typing import Annotated, Literal, Self, TypeVar

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, JsonValue

State = dict[str, JsonValue]
Facts = dict[str, JsonValue]


class FlowState(BaseModel):
    """What a flow must remember until it is answered. A flow names its own in `Flow.remembers`; it
    is checked when a stored talk is read, and a talk whose state does not fit starts afresh at the
    bottom (see `dialogs.migration`). What a flow does not know of, it leaves aside."""

    model_config = ConfigDict(frozen=True)

    def but(self, **changes: object) -> Self:
        """A copy with these fields changed."""
        return self.model_copy(update=changes)

    def stored(self) -> State:
        """As the frame keeps it: plain JSON, without what is as it is by itself."""
        return self.model_dump(mode="json", exclude_defaults=True)


S = TypeVar("S", bound=FlowState)


class Frame(BaseModel):
    """A flow that waits for an answer, with what it must remember until then."""

    model_config = ConfigDict(frozen=True)

    flow: str
    state: State = {}

    @cached_property
    def _checked(self) -> dict[type[FlowState], FlowState]:
        """The state, once it was checked: a turn looks at it a dozen times."""
        return {}

    def state_as(self, kind: type[S]) -> S:
        """What it must remember, checked."""
        known = self._checked.get(kind)
        if not isinstance(known, kind):
            known = self._checked[kind] = kind.model_validate(self.state)
        return known

    def keeping(self, state: FlowState) -> Self:
        """The same flow, in another state."""
        return type(self)(flow=self.flow, state=state.stored())


class Given(BaseModel):
    """An answer to a request for consent: to which version of its text (`dialogs/consents.yaml`),
    and when. Version 0 was given before versions were kept."""

    model_config = ConfigDict(frozen=True)

    version: int
    at: datetime | None = None
    yes: bool = True


def _given_before_versions(stored: object) -> object:
    """Talks of earlier versions knew only whether there was a consent: `consented`."""
    if isinstance(stored, bool):
        return Given(version=0) if stored else None
    return stored


class Early(BaseModel):
    """Something that is held until a consent; see `dialogs.early`.

    `kind`: "message", said before the consent to all (`tap`: it was tapped); "sensitive", a JSON
    object of sensitive facts (null: named without a clear value), see `dialogs.withheld`; "young",
    a `Profile` that may be a child's, see `dialogs.flows.guardian`. The latter two are of `whose`.
    """

    model_config = ConfigDict(frozen=True)

    text: str
    at: datetime
    tap: str | None = None
    kind: Literal["message", "sensitive", "young"] = "message"
    whose: str = ""


class Goal(BaseModel):
    """What a person wants to have: so many `points`, by a day; either may be open."""

    model_config = ConfigDict(frozen=True)

    points: int | None = None
    by: date | None = None


class Ticks(BaseModel):
    """The papers of the list, by name, that one said one has, and that one misses."""

    model_config = ConfigDict(frozen=True)

    have: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def of(self, name: str) -> Literal["have", "missing", ""]:
        """What was said of a paper."""
        return "have" if name in self.have else "missing" if name in self.missing else ""


class Profile(BaseModel):
    """What one of the two people answered, while the other one answers. `whose`: "" is who writes,
    else the word they call the other one by."""

    model_config = ConfigDict(frozen=True)

    whose: str = ""
    facts: Facts = {}
    answered: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    other_permit: bool = False
    no_lease: bool = False
    sensitive: Given | None = None
    born_in: int | None = None
    papers: Ticks = Ticks()


class Recent(BaseModel):
    """What was spoken of last, so that 为什么, 那个要带什么 and a number can refer to it."""

    model_config = ConfigDict(frozen=True)

    topic: str = ""
    """The topic that was answered, or in which the last answer counts."""
    told: bool = False
    """Whether the last reply answered it."""
    offered: tuple[str, ...] = ()
    """Topics offered under the last reply; tapped, named or numbered they are answered."""
    first: int = 0
    """The number of the first of them; 0 where they go by letters."""
    menu: bool = False
    """Whether the last reply was a list of topics: another one never follows."""
    note: str = ""
    message: str = ""
    """What the last reply explained, and to which message: it is not said twice in a row."""


class Conversation(BaseModel):
    """Everything the bot remembers of a talk. JSON in the database between two messages.

    `Conversation()` is the start: nothing was said yet. The last frame of `waiting` is the one
    that was asked last; the ones below it are asked again when it leaves.
    """

    model_config = ConfigDict(frozen=True)

    revision: int = 0
    """Revision of the questions the answers were given to."""
    consent: Annotated[
        Given | None,
        BeforeValidator(_given_before_versions),
        Field(validation_alias=AliasChoices("consent", "consented")),
    ] = None
    """To keeping what is said at all."""
    sensitive: Given | None = None
    """To asking for the sensitive facts of the one whose turn it is; None: not asked yet."""
    facts: Facts = {}
    """Fact id → plain JSON value, as `scoring.read_facts` takes it."""
    answered: tuple[str, ...] = ()
    """Questions answered, in the order they were."""
    passed: tuple[str, ...] = ()
    """Questions left open: skipped, or not known."""
    other_permit: bool = False
    """Whether a permit of 台湾, 香港 or 澳门 was spoken of: it is not the province's."""
    no_lease: bool = False
    """Whether the home is rented without a contract, or without one that is on record."""
    born_in: int | None = None
    """The year of a birth that was told without its month: then only the month is asked."""
    papers: Ticks = Ticks()
    """The papers for these answers."""
    whose: str = ""
    """Whose these answers are; see `Profile`."""
    aside: Profile | None = None
    """The answers of the one of whom it is not the turn."""
    waiting: tuple[Frame, ...] = ()
    offered_other: bool = False
    """Whether it was offered to count another person of the household: once is enough."""
    misses: int = 0
    """How many messages in a row were not understood."""
    recent: Recent = Recent()
    heard: datetime | None = None
    """When the person last said something."""
    amendments: tuple[str, ...] | None = None
    """Marks of what amended the rules then (`scoring.rulefile.marks`); None: not kept yet."""
    early: tuple[Early, ...] = ()
    """What was said before the consent, oldest first."""
    goal: Goal | None = None
    destination: str = ""
    """Where and when one wanted to come before the consent, until one books."""
    noted: str = ""
    """What is said first in the reply that a request brings."""

    @property
    def consented(self) -> bool:
        """Whether there is a consent to keeping what is said, to whatever version of its text."""
        return self.consent is not None

    @property
    def top(self) -> Frame:
        """The frame that was asked last."""
        return self.waiting[-1]

    @property
    def own(self) -> Self:
        """The conversation in which it is the turn of who writes."""
        return self.turned() if self.whose else self

    @property
    def other(self) -> Self | None:
        """The conversation in which it is the turn of the other one; None where there is none."""
        if self.whose:
            return self
        return self.turned() if self.aside else None

    def turned(self) -> Self:
        """It is the turn of the one who is aside."""
        here = Profile(
            whose=self.whose,
            facts=self.facts,
            answered=self.answered,
            passed=self.passed,
            other_permit=self.other_permit,
            no_lease=self.no_lease,
            sensitive=self.sensitive,
            born_in=self.born_in,
            papers=self.papers,
        )
        there = self.aside or Profile()
        return self.but(
            whose=there.whose,
            facts=there.facts,
            answered=there.answered,
            passed=there.passed,
            other_permit=there.other_permit,
            no_lease=there.no_lease,
            sensitive=there.sensitive,
            born_in=there.born_in,
            papers=there.papers,
            aside=here,
        )

    def but(self, **changes: object) -> Self:
        """A copy with these fields changed."""
        return self.model_copy(update=changes)

    def stay(self, state: FlowState) -> Self:
        """The same flow, in a new state."""
        return self.but(waiting=(*self.waiting[:-1], self.top.keeping(state)))

    def enter(self, flow: str, state: FlowState | None = None) -> Self:
        """Another flow on top; the present one is asked again when that leaves. A flow that waits
        already gives way, with all above it, so that nothing piles up."""
        below = tuple(takewhile(lambda frame: frame.flow != flow, self.waiting))
        return self.but(waiting=(*below, _frame(flow, state)))

    def leave(self) -> Self:
        """Back to the flow below; at the bottom, home."""
        return self.but(waiting=self.waiting[:-1] or (Frame(flow="home"),))

    def go(self, flow: str, state: FlowState | None = None) -> Self:
        """Another flow alone: whatever waited is forgotten."""
        return self.but(waiting=(_frame(flow, state),))


def _frame(flow: str, state: FlowState | None) -> Frame:
    return Frame(flow=flow, state=state.stored() if state else {})
