"""Geometry of bar charts; the template `staff/chart.svg` draws them. No script, no library."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

# On a phone the drawing is as wide as the screen: its letters must stay readable then.
WIDTH = 480
ROW = 34
LABEL = 165
FIGURE = 95  # at least; a longer one takes so much a sign:
SIGN = 10

Number = int | float | Decimal


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the chart, in user units. `part` lies over `whole`, as used over offered."""

    label: str
    y: int
    part: float
    whole: float
    figure: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Horizontal bars: long Chinese labels stay readable, and a phone can scroll down."""

    title: str
    bars: tuple[Bar, ...]
    width: int = WIDTH
    label: int = LABEL

    @property
    def height(self) -> int:
        return len(self.bars) * ROW + 4


def bars(title: str, rows: Sequence[tuple[str, Number, Number | None]]) -> Chart:
    """A chart of (label, value, of): `of` is what the value is a part of, None where it is of
    nothing. Everything is drawn to the largest."""
    largest = float(max((max(value, of or 0) for _, value, of in rows), default=0)) or 1.0
    figures = [f"{value:g}" if of is None else f"{value:g} / {of:g}" for _, value, of in rows]
    room = max([FIGURE, *(SIGN * len(figure) for figure in figures)])
    scale = (WIDTH - LABEL - room) / largest
    return Chart(
        title,
        tuple(
            Bar(
                label=label,
                y=number * ROW,
                part=round(float(value) * scale, 1),
                whole=round(float(of or 0) * scale, 1),
                figure=figures[number],
            )
            for number, (label, value, of) in enumerate(rows)
        ),
    )
