"""Geometry of bar charts; the template `staff/chart.svg` draws them. No script, no library."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

# On a phone the drawing is as wide as the screen: its letters must stay readable then.
WIDTH = 480
ROW = 34
LETTER = 17  # a Chinese letter, or another as wide
SIGN = 10  # a digit, a space
LONGEST = 9  # letters of a label; the table beside the chart has it in full
GAP = 12

Number = int | float | Decimal
Row = tuple[str, Number, Number | None]


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
    """Horizontal bars: long Chinese labels stay readable, and a phone can scroll down. `label` is
    the room of the labels."""

    title: str
    bars: tuple[Bar, ...]
    label: int
    width: int = WIDTH

    @property
    def height(self) -> int:
        return len(self.bars) * ROW + 4


def bars(title: str, rows: Sequence[Row]) -> Chart:
    """A chart of (label, value, compared with): everything is drawn to the largest."""
    largest = float(max((max(value, of or 0) for _, value, of in rows), default=0)) or 1.0
    figures = [f"{value:g}" if of is None else f"{value:g} / {of:g}" for _, value, of in rows]
    return _chart(title, rows, figures, [largest] * len(rows))


def shares(title: str, rows: Sequence[Row]) -> Chart:
    """A chart of (label, value, what it is a part of): each bar is drawn to its own whole, so that
    a small office can be read beside a large one."""
    figures = [
        f"{float(value) / float(of):.0%}，{value:g} / {of:g}" if of else f"{value:g}"
        for _, value, of in rows
    ]
    return _chart(
        title, rows, figures, [float(max(value, of or 0)) or 1.0 for _, value, of in rows]
    )


def width(text: str) -> int:
    """The room a figure takes, in user units; rather too much than cut."""
    return sum(LETTER if sign == "%" or not sign.isascii() else SIGN for sign in text)


def _chart(title: str, rows: Sequence[Row], figures: Sequence[str], full: Sequence[float]) -> Chart:
    label = GAP + LETTER * min(LONGEST, max((len(row[0]) for row in rows), default=0))
    room = WIDTH - label - GAP - max((width(figure) for figure in figures), default=0)
    return Chart(
        title,
        tuple(
            Bar(
                label=name,
                y=number * ROW,
                part=round(float(value) * room / full[number], 1),
                whole=round(float(of or 0) * room / full[number], 1),
                figure=figures[number],
            )
            for number, (name, value, of) in enumerate(rows)
        ),
        label,
    )
