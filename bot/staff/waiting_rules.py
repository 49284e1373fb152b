"""What in the rules still waits for the office: conflicts, inferences, figures nobody published."""

from flask import render_template
from flask.typing import ResponseReturnValue

from bot.pages.rulebook import chapter
from bot.service import the_service
from bot.staff.access import DESK, allowed
from bot.staff.blueprint import blueprint


@blueprint.get("/rules")
@allowed(*DESK)
def waiting_rules() -> ResponseReturnValue:
    """Read from the ruleset itself, so what the office settles in its file leaves this list."""
    service = the_service()
    rules, today = service.rules(), service.clock().date()
    chapters = [chapter(rules, category, today) for category in rules.categories()]
    return render_template(
        "staff/waiting_rules.html",
        rules=rules,
        doubts=[(one.category, doubt) for one in chapters for doubt in one.doubts],
        inferred=[
            (one.category, row, name, figure)
            for one in chapters
            for row in one.rows
            for name, figure in row.figures.items()
            if figure.status == "inferred" and not figure.readings
        ],
        unpublished=[
            (one.category, row)
            for one in chapters
            for row in one.rows
            if row.item.rule == "unpublished"
        ],
    )
