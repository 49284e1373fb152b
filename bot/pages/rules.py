"""`/rules`: what counts, how much, by which source."""

from flask import abort, render_template

from bot.pages.blueprint import blueprint
from bot.service import the_service
from bot.web.keeping import public
from bot.web.rulebook import cap_of, chapter
from dialogs.region.admissions import admissions


@blueprint.get("/rules")
def rules() -> str:
    """All parts, with their categories and caps."""
    public()
    service = the_service()
    book, today = service.rules(), service.clock().date()
    parts = [
        (
            part,
            cap_of(book, part, today),
            [chapter(book, category, today) for category in part.categories],
        )
        for part in book.parts
    ]
    return render_template(
        "pages/rules.html",
        book=book.told(today),
        parts=parts,
        today=today,
        local=admissions(today),
    )


@blueprint.get("/rules/<category>")
def rule(category: str) -> str:
    """One category, row by row."""
    public()
    service = the_service()
    book, today = service.rules(), service.clock().date()
    part = next(
        (part for part in book.parts for one in part.categories if one.id == category), None
    )
    if part is None:
        abort(404)
    shown = chapter(book, book.category(category), today)
    told = book.told(today)
    return render_template("pages/rule.html", book=told, part=part, chapter=shown, today=today)
