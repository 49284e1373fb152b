"""Charts made on the server: plain SVG that needs no script and says in words what it shows."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dialogs.phrases import day, points
from scoring import Timeline

WIDTH, HEIGHT = 360, 210
LEFT, RIGHT, TOP, BOTTOM = 34, 350, 14, 176


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid and what it stands for."""

    at: float
    value: Decimal | int


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(str(files("templates") / "charts"))
    made = Environment(loader=loader, undefined=StrictUndefined, autoescape=True)
    made.filters.update(points=points, day=day)
    return made


def timeline_svg(timeline: Timeline) -> str:
    """The points of the coming years as a step line: they hold until the month in which something
    moves. The chart is labelled for screen readers (title, desc)."""
    moments = (timeline.now, *timeline.moments)
    bottom, top, step = _scale([moment.points for moment in moments])
    start, end = timeline.now.day, timeline.until

    def x(at: date) -> float:
        return round(LEFT + (RIGHT - LEFT) * (at - start).days / (end - start).days, 1)

    def y(value: Decimal | int) -> float:
        share = float(value - bottom) / (top - bottom)
        return round(BOTTOM - (BOTTOM - TOP) * share, 1)

    return (
        _environment()
        .get_template("timeline.svg")
        .render(
            timeline=timeline,
            width=WIDTH,
            height=HEIGHT,
            left=LEFT,
            right=RIGHT,
            bottom=BOTTOM,
            path=_steps([(x(moment.day), y(moment.points)) for moment in moments], x(end)),
            best=(x(timeline.best.day), y(timeline.best.points)),
            levels=[Tick(y(value), value) for value in range(bottom, top + 1, step)],
            years=[Tick(x(date(year, 1, 1)), year) for year in range(start.year + 1, end.year + 1)],
            last=moments[-1],
        )
    )


def _scale(values: list[Decimal]) -> tuple[int, int, int]:
    """Bottom, top and step of the grid: round numbers around the values, at most six lines."""
    least, most = int(min(values)), int(max(values)) + 1
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if (most - least) / step <= 4)
    return least // step * step, -(-most // step) * step, step


def _steps(places: list[tuple[float, float]], end: float) -> str:
    x, y = places[0]
    path = [f"M{x} {y}"]
    path += [f"H{x}V{y}" for x, y in places[1:]]
    return "".join([*path, f"H{end}"])
