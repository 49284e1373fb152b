"""What the answers' templates may ask of a ruleset. No sentences: those are in the templates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scoring import Ruleset
from scoring.rulefile.model import Category, Part
from scoring.rulefile.values import Figure, FigureReading


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the annex on a day. Where its points are not `published`, `amount` is the most they
    can be, None where not even that is known; `high` is what it may be at most, where the document
    leaves that open; `cap` is the row's own."""

    label: str
    published: bool
    amount: Figure | None
    high: Figure | None
    cap: Figure | None


class Figures:
    """The figures of a ruleset on a day. Everything answers None or empty for what is not there,
    so that one template serves every ruleset. `amended`: those asked for so far that an office's
    amendment brought; the answer names their document."""

    def __init__(self, rules: Ruleset, on: date) -> None:
        self._rules, self._on = rules.told(on), on
        self._figures: Mapping[str, Figure] = rules.figures(on)
        self.amended: list[Figure] = []

    def has(self, path: str) -> bool:
        """Whether there is such a figure."""
        return path in self._figures

    def figure(self, path: str) -> Figure:
        """One figure; KeyError where there is none."""
        return self._told(self._figures[path])

    def _told(self, figure: Figure) -> Figure:
        if figure.amended:
            self.amended.append(figure)
        return figure

    def _get(self, path: str) -> Figure | None:
        return self.figure(path) if path in self._figures else None

    def value(self, path: str) -> Decimal | tuple[str, ...] | str | None:
        """The value of one figure under the default reading; KeyError where there is none."""
        return self.figure(path).value

    def category(self, id: str) -> Category | None:
        """The category of this id."""
        return next((one for one in self._rules.categories() if one.id == id), None)

    def part(self, id: str) -> Part | None:
        """The part of this id."""
        return next((one for one in self._rules.parts if one.id == id), None)

    def row(self, id: str) -> Row | None:
        """The row of this id, if the ruleset has it with a figure on the day or keeps it secret."""
        owners = (one.id for one in self._rules.categories() for item in one.items if item.id == id)
        return next(iter(self.rows(next(owners, ""), id)), None)

    def rows(self, category: str, id: str | None = None) -> tuple[Row, ...]:
        """The rows of a category, or that of this id; without one, not those that no annex has, of
        which the sources are silent."""
        return tuple(self._rows_of(category, id))

    def deductions(self, published: bool = True) -> list[Row]:
        """The deductions whose values are known, or those whose are not."""
        part = self.part("deductions")
        categories = part.categories if part is not None else ()
        rows = (row for one in categories for row in self.rows(one.id))
        return [row for row in rows if row.published == published]

    def unpublished(self, category: str = "") -> bool:
        """Whether anything of a category, or of any, is kept secret."""
        ids = [one.id for one in self._rules.categories() if category in ("", one.id)]
        return any(not row.published for id in ids for row in self.rows(id))

    def is_open(self) -> bool:
        """Whether any figure can still be read in several ways."""
        return any(one.readings for one in self._figures.values())

    def cap(self, id: str) -> Figure | None:
        """The cap of a part or a category, where one is stated."""
        found = self._figures.get(f"{id}.cap")
        return self._told(found) if found is not None and found.path == f"{id}.cap" else None

    def joint_cap(self, item: str) -> Figure | None:
        """The cap that an item shares with others."""
        for category in self._rules.categories():
            for joint in category.joint_caps:
                if item in joint.items:
                    return self._get(f"{category.id}.{'+'.join(joint.items)}.cap")
        return None

    def disputed(self, conflict: str) -> bool:
        """Whether a conflict of readings is still open on the day."""
        return bool(self.readings(conflict))

    def readings(self, conflict: str) -> tuple[FigureReading, ...]:
        """The ways to read a conflict that is still open on the day, the default first."""
        read = (one for figure in self._figures.values() for one in figure.readings)
        found = {one.reading: one for one in read if one.conflict == conflict}
        return tuple(sorted(found.values(), key=lambda one: not one.default))

    @staticmethod
    def others(figure: Figure) -> list[Decimal]:
        """The numbers that the other readings give, each once."""
        values = {one.value for one in figure.readings if isinstance(one.value, Decimal)}
        return sorted(value for value in values if value != figure.value)

    def _rows_of(self, category: str, id: str | None) -> Iterator[Row]:
        for one in self._rules.categories():
            for item in one.rows_on(self._on) if one.id == category else ():
                if id != item.id and (id is not None or not item.rows):
                    continue
                path = f"{one.id}.{item.id}"
                amount = self._get(f"{path}.{item.main}")
                high = self._get(f"{path}.high") if item.main != "high" else None
                cap = self._get(f"{path}.cap") or self._get(f"{path}.most")
                published = item.rule != "unpublished"
                if amount is not None or not published:
                    yield Row(item.label, published, amount, high, cap)
