"""The tree of parts, categories and items, as the file writes it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal, NamedTuple, Protocol, TypeVar

from pydantic import Field

from scoring.rulefile.facts import FACTS, Fact, FactWritten
from scoring.rulefile.kinds import AnyItem
from scoring.rulefile.kinds.base import Item
from scoring.rulefile.origin import Origin
from scoring.rulefile.values import (
    Cited,
    Day,
    Model,
    Number,
    Scope,
    SourceRef,
    Status,
    Value,
    Way,
)


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Named = TypeVar("Named", bound=_HasId)


class Document(Model):
    """A document that values cite: once at the head of the file."""

    title: str
    published: Day | None = None
    note: str | None = None


class Reading(Cited):
    """One way to read what conflicts. Exactly one reading of a conflict is the default. `by` fills
    `{by}` in the label, until an amendment gives other values: then it is the amending document."""

    label: str
    by: str | None = None
    default: bool = False


class Settlement(Cited):
    """From `from` on, one reading holds and the conflict is over."""

    reading: str


About = Literal["sources", "wording", "silence"]


class Conflict(Model):
    """Something that can be read in several ways; the category carries the readings.

    `about`: why. `sources`: two documents differ; `wording`: one sentence can be read in two ways;
    `silence`: no document says it.
    """

    label: str
    about: About = "sources"
    readings: dict[str, Reading]
    settled: tuple[Settlement, ...] = ()

    @property
    def default(self) -> str:
        """The id of the default reading."""
        return next(id for id, reading in self.readings.items() if reading.default)


class JointCap(Model):
    """Some items that together give at most `cap`."""

    items: tuple[str, ...]
    cap: Number


class Name(Cited):
    """What a category is called from a day on."""

    label: str


class Category(Cited):
    """Rows that are counted together."""

    id: str
    label: str
    names: tuple[Name, ...] = Field((), description="later labels, oldest first")
    scope: tuple[Scope, ...] = ()
    combine: Way | None = None
    cap: Number | None = None
    joint_caps: tuple[JointCap, ...] = ()
    conflicts: dict[str, Conflict] = Field(default_factory=dict)
    items: tuple[AnyItem, ...]

    def label_on(self, day: date) -> str:
        """What it is called on a day."""
        begun = [one.label for one in self.names if one.from_ is not None and one.from_ <= day]
        return begun[-1] if begun else self.label

    def rows_on(self, day: date) -> tuple[AnyItem, ...]:
        """The rows in force on a day: of one that was replaced, the form that holds then."""
        return tuple(item for item in self.items if item.in_force(day))


class Stated(Model):
    """What the document says the part consists of. `complete: false`: not every row is known.
    `caps_exceed: true`: the caps of its categories come to more than its own, which still holds."""

    categories: int
    rows: int
    complete: bool = True
    caps_exceed: bool = False

    def closes(self, total: Decimal, cap: Decimal) -> bool:
        """Whether categories whose caps add up to `total` fit the part's own."""
        enough = total >= cap or not self.complete
        return enough and (total <= cap or self.caps_exceed)


class Part(Cited):
    """Common indicators, county indicators, deductions."""

    id: str
    label: str
    cap: Number | None = None
    stated: Stated
    outside_cap: tuple[str, ...] = Field((), description="categories the part's cap does not bind")
    categories: tuple[Category, ...]


class Obtained(Model):
    """Where a paper is had; and, as far as a document says so, within how many working days (0: the
    same day) and for how many yuan (0: free)."""

    where: str | None = None
    days: int | None = Field(None, ge=0)
    yuan: Decimal | None = Field(None, ge=0)
    source: SourceRef | None = Field(None, description="where days and yuan are written")
    verified_on: Day | None = None


class EvidenceEntry(Model):
    """Papers that usually prove a line, and who verifies them."""

    papers: tuple[str, ...] = ()
    when: tuple[str, ...] = Field((), description="only for these choices of the row's fact")
    verified_by: str
    status: Status
    verifier_status: Status | None = None
    condition: str | None = None
    personal: bool = Field(True, description="false: a case that no fact tells")
    note: str | None = None
    obtained: Obtained = Obtained()


class Remark(Model):
    """Something every result under this ruleset says; from a day on, if `from` is given."""

    id: str
    text: str
    from_: Day | None = Field(None, alias="from")
    source: SourceRef | None = None


class Defaults(Model):
    """The dates of values that do not say their own."""

    from_: Day | None = Field(None, alias="from")
    verified_on: Day | None = None


class ValuePlace(NamedTuple):
    """A value and where it stands: its figure's `path`, its key, what it belongs to, and the steps
    that lead to it in the file."""

    path: str
    name: str
    value: Value[Any]
    category: Category | None
    item: Item | None
    steps: tuple[str | int, ...]


class Written(Model):
    """A ruleset as its file writes it; `Ruleset` adds the figures in force on a day."""

    id: str
    title: str
    short_title: str
    region: str
    predecessor: str | None = None
    extends: str | None = Field(None, description="the ruleset of which this says what differs")
    defaults: Defaults = Defaults()
    verified_within_days: int = Field(
        365, ge=1, description="a source last read longer ago is named in every result"
    )
    documents: dict[str, Document]
    remarks: tuple[Remark, ...] = ()
    facts: dict[str, FactWritten] = Field(default_factory=dict)
    evidence: dict[str, tuple[EvidenceEntry, ...]] = Field(default_factory=dict)
    parts: tuple[Part, ...]

    @cached_property
    def origin(self) -> Origin:
        """The files it was read from, and what they amend; set by loading."""
        return Origin()

    def read_from(self, origin: Origin) -> None:
        """Remember the files it was read from."""
        self.__dict__["origin"] = origin

    def categories(self) -> Iterator[Category]:
        """All categories in the order of the annex."""
        for part in self.parts:
            yield from part.categories

    def items(self) -> Iterator[Item]:
        """All rows in the order of the annex."""
        for category in self.categories():
            yield from category.items

    def values(self) -> Iterator[ValuePlace]:
        """Every value of the ruleset, in the order of the annex."""
        for p, part in enumerate(self.parts):
            if part.cap is not None:
                steps = ("parts", p, "cap")
                yield ValuePlace(f"{part.id}.cap", "cap", part.cap, None, None, steps)
            for c, category in enumerate(part.categories):
                yield from _category_values(category, ("parts", p, "categories", c))

    def part(self, id: str) -> Part:
        """One part; KeyError where there is none."""
        return _find(id, self.parts)

    def category(self, id: str) -> Category:
        """One category; KeyError where there is none."""
        return _find(id, self.categories())

    def item(self, id: str) -> Item:
        """One row; KeyError where there is none."""
        return _find(id, self.items())

    @cached_property
    def catalogue(self) -> Mapping[str, Fact]:
        """The common facts and those this ruleset declares itself."""
        own = {id: Fact(id=id, **dict(written)) for id, written in self.facts.items()}
        return {**FACTS, **own}

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


def _category_values(category: Category, steps: tuple[str | int, ...]) -> Iterator[ValuePlace]:
    own: tuple[tuple[str, Value[Any] | None], ...] = (
        ("cap", category.cap),
        ("combine", category.combine),
    )
    for name, value in own:
        if value is not None:
            path = f"{category.id}.{name}"
            yield ValuePlace(path, name, value, category, None, (*steps, name))
    for j, joint in enumerate(category.joint_caps):
        path = f"{category.id}.{'+'.join(joint.items)}.cap"
        yield ValuePlace(path, "cap", joint.cap, category, None, (*steps, "joint_caps", j, "cap"))
    for i, item in enumerate(category.items):
        for name, value in item.dated():
            path = f"{category.id}.{item.id}.{name}"
            yield ValuePlace(path, name, value, category, item, (*steps, "items", i, name))


def _find(id: str, things: Iterable[Named]) -> Named:
    for thing in things:
        if thing.id == id:
            return thing
    raise KeyError(id)
