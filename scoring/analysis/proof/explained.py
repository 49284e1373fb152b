"""Whether what is shown fits the points: the arithmetic of rows, and why low and high differ."""

from decimal import Decimal

from scoring.engine.results import CategoryResult, ItemResult, limited
from scoring.rulefile.kinds.base import ZERO


def fits(category: CategoryResult) -> bool:
    """Whether every row adds up, they come to the category's as it says, and every range has a
    reason: of a row also a reading of its category's cap, of one without a fact none."""
    if category.low != category.high and not category.unsettled:
        return False
    if category.capped != (category.raw != limited(category.raw, category.cap)):
        return False
    if not category.joint and category.raw != _together(category):
        return False
    return all(
        _adds_up(row) and _has_reason(row, category) and _within_joints(row, category)
        for row in category.items
    )


def _together(category: CategoryResult) -> Decimal:
    told = [row.explanation for row in category.items]
    amounts = [limited(one.raw, one.cap) for one in told]
    return max(amounts, default=ZERO) if category.combine == "highest" else sum(amounts, ZERO)


def _has_reason(row: ItemResult, category: CategoryResult) -> bool:
    unknown = any(why.kind == "unpublished" for why in row.unsettled)
    if unknown and (not row.facts or row.rule not in ("unpublished", "between")):
        return False
    return row.low == row.high or bool(row.unsettled or category.readings)


def _within_joints(row: ItemResult, category: CategoryResult) -> bool:
    """Of a cap that rows share none of them gives more."""
    caps = [joint.cap for joint in category.joint if row.id in joint.items]
    return all(row.points <= cap for cap in caps)


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
