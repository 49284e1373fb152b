"""`/changes`: what the revision changed, row by row, and the reasons its source gives."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from flask import abort, render_template

from bot.pages.blueprint import blueprint
from bot.service import the_service
from bot.web.keeping import public
from bot.web.rulebook import Row, cap_of, rows_by_id
from scoring import Ruleset
from scoring.analysis.compare import Difference, differences
from scoring.rulefile.values import Figure


@dataclass(frozen=True, slots=True)
class Changed:
    """One row of the new rules, with the rows it comes from."""

    kind: str
    label: str
    before: tuple[Row, ...]
    after: Row | None
    how: str | None
    reason: str | None


class Cap(NamedTuple):
    """The most of a category: `before` is None where nothing is said, `was_unlimited` where the
    earlier document says that nothing limits it."""

    before: Decimal | None
    was_unlimited: bool
    after: Figure | None


@blueprint.get("/changes")
def changes() -> str:
    """The ruleset in force against its predecessor."""
    public()
    service = the_service()
    book, today = service.rules(), service.clock().date()
    earlier = service.earlier_rules()
    if earlier is None:
        abort(404)
    old, new = rows_by_id(earlier, today), rows_by_id(book, today)

    def changed(found: Iterable[Difference]) -> list[Changed]:
        return [
            Changed(
                one.kind,
                one.label,
                tuple(old[id] for id in one.was or ((one.row,) if one.kind == "removed" else ())),
                None if one.kind == "removed" else new[one.row],
                one.how,
                one.reason,
            )
            for one in found
            if (old if one.kind == "removed" else new)[one.row].item.rows
        ]

    groups = [
        (label, changed(found), _cap(earlier, book, category, today))
        for (category, label), found in groupby(
            differences(earlier, book, on=today), key=lambda one: (one.category, one.category_label)
        )
    ]
    return render_template(
        "pages/changes.html",
        book=book.told(today),
        earlier=earlier,
        caps=[_caps(earlier, today), _caps(book, today)],
        groups=[
            (label, moved, cap if len(rows) > 1 else None)  # a row alone says its cap itself
            for label, rows, cap in groups
            if (moved := [row for row in rows if row.kind != "same"])
            if any(map(_is_known, moved))
        ],
        same=[
            row for _, rows, _ in groups for row in rows if row.kind == "same" and _is_known(row)
        ],
        today=today,
    )


def _caps(rules: Ruleset, on: date) -> list[tuple[str, Figure | None]]:
    return [(part.label, cap_of(rules, part, on)) for part in rules.parts]


def _cap(earlier: Ruleset, book: Ruleset, category: str, on: date) -> Cap:
    was = earlier.figures(on).get(f"{category}.cap")
    before = was.value if was and isinstance(was.value, Decimal) else None
    unlimited = any(category in part.outside_cap for part in earlier.parts)
    return Cap(before, unlimited, book.figures(on).get(f"{category}.cap"))


def _is_known(row: Changed) -> bool:
    """Whether either side has anything published; rows without are only counted in the parts."""
    return any(one.main for one in (*row.before, *((row.after,) if row.after else ())))
