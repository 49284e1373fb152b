"""Whether what is shown fits the points: the arithmetic of rows, and why low and high differ."""

from decimal import Decimal

from scoring.engine.results import CategoryResult, ItemResult, limited
from scoring.rulefile.kinds.base import ZERO


def fits(category: CategoryResult) -> bool:
    """Whether every row adds up, and every range has a reason: of a row also a reading of its
    category's cap."""
    if category.low != category.high and not category.unsettled:
        return False
    return all(
        _adds_up(row) and (row.low == row.high or bool(row.unsettled or category.readings))
        for row in category.items
    )


def _adds_up(row: ItemResult) -> bool:
    """Units of so much each come to what is shown before the cap, and that to the points.

    Points may be more where the answers leave no less open, never less."""
    told = row.explanation
    if told.answers and told.state == "in_force" and told.quantity is None is told.matched:
        return False
    if told.quantity is not None and not _counted(row, told.quantity):
        return False
    if told.units is not None and told.rate is not None and told.raw != _shown(row):
        return False
    if told.matched is not None and told.raw != (_points(row) if told.matched else ZERO):
        return False
    return told.capped == (told.raw != limited(told.raw, told.cap)) and (
        row.low <= max(row.low, limited(told.raw, told.cap)) == row.points <= row.high
    )


def _counted(row: ItemResult, quantity: int) -> bool:
    """Complete units of a quantity; of an age years, but none above the last age that counts."""
    told = row.explanation
    if row.rule == "age_steps":
        return told.step == 1 and (told.units is None) == (quantity > told.figures["last_age"])
    return told.units is None or told.units == quantity // told.step


def _shown(row: ItemResult) -> Decimal:
    """So many units of so much; the youngest begin with the points of the base age."""
    told = row.explanation
    by_units = (told.units or 0) * (told.rate or ZERO)
    if row.rule == "age_steps":
        return by_units + _points(row)
    if row.rule == "deduction":
        most: Decimal = told.figures.get("most", by_units)
        return -min(by_units, most)
    return by_units


def _points(row: ItemResult) -> Decimal:
    points: Decimal = row.explanation.figures.get("points", ZERO)
    return points
