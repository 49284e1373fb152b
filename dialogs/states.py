"""What the flows remember, but for those of booking. The names are those of the stored talks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from dialogs.conversation import Facts, FlowState
from dialogs.questions import questions


def _question(id: str) -> str:
    if id not in questions():
        raise ValueError(f"no question is called {id}")
    return id


QuestionId = Annotated[str, AfterValidator(_question)]


Points = Annotated[Decimal, Field(allow_inf_nan=True)]
"""Without an upper bound in some rulesets."""


class PointsBefore(BaseModel):
    """The points before a change, in all and by category, and what was answered then, for a result
    to be compared with."""

    model_config = ConfigDict(frozen=True)

    total: Points
    high: Points | None = None
    categories: Mapping[str, Points] = Field(default_factory=dict)
    answered: tuple[str, ...] | None = None


class Carried(FlowState):
    """What goes along from question to question, and on to the result."""

    before: PointsBefore | None = None
    doubts: Mapping[str, tuple[int, ...]] = Field(default_factory=dict)
    """Values told beside other things, not certain, by the question that is to offer them."""
    lists: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    """The lines named so far of lists that are still open, by their question."""


class Offer(FlowState):
    """What an unclear answer may have meant: `offered` values, of one `field` where there are
    several numbers, or the `only` choice."""

    offered: tuple[int, ...] = ()
    field: str = ""
    only: str = ""


class QuestionState(Carried, Offer):
    """The question that is asked, and half of its answer."""

    at: QuestionId
    ticked: tuple[str, ...] = ()
    """The lines of a list that were tapped so far."""
    year: int | None = None
    """Of a date that was told without its month."""
    month: str = ""
    """Year and month of a birth whose day is asked for."""
    elsewhere: bool = False
    """Whether something was told that was done where it does not count."""

    def offering(self, offer: Offer) -> Self:
        """The same with another offer, or none."""
        return self.model_copy(update=dict(offer))


class ChangeState(FlowState):
    """The list of answers, page by page."""

    page: int = 1
    among: tuple[str, ...] = ()
    """The answers that a word may stand for, where one was named: no others are listed."""


class PapersState(FlowState):
    """The page of the list of papers that is open; a long list goes `by_office` when asked to."""

    page: int = 1
    by_office: bool = False


class FactsState(FlowState):
    """Facts that wait for a yes."""

    facts: Facts


class DropState(FactsState):
    """Facts of an answer that `voids` others."""

    voids: tuple[str, ...]


class OverwriteState(FactsState):
    """New values of what is known already."""

    before: PointsBefore | None = None


class OtherState(FlowState):
    """What is asked about another person, what was told of them, and a birth without its month."""

    asks: Literal["keep", "whose", "change", "replace", "forget"]
    whose: str = ""
    facts: Facts = Field(default_factory=dict)
    born_in: int | None = None


class ConsentState(FlowState):
    """Whether something was `told`; whether this is on the way to an appointment, by the word
    that was `wanted`."""

    told: bool = False
    booking: bool = False
    wanted: str = "book"


class RenewalState(FlowState):
    """Whether something was held for the new consent."""

    told: bool = False


class SensitiveState(FlowState):
    """Whether something was held for the consent; whether the questions go `on` from here."""

    told: bool = False
    on: bool = False


class ResumeState(FlowState):
    """What one was at, and what is heard when one goes on."""

    about: str
    said: str = ""


class StaleState(FlowState):
    """The tap of an old bubble, and the question it answers."""

    question: QuestionId
    tap: str


class TopicsState(FlowState):
    """Topics on offer, best first; what was `said` is kept only until the choice, for 都不是."""

    topics: tuple[str, ...]
    said: str = ""


class ViewState(FlowState):
    """A longer text by its name, and its page; of a goal, the points wanted and the day."""

    view: str
    page: int = 1
    target: int | None = None
    by: date | None = None
