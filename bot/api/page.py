"""The description as a page that people read: no script, nothing from elsewhere."""

from flask import Response, render_template

from bot.api.openapi import DESCRIPTION, ROOT, document
from bot.api.operations import OPERATIONS
from bot.api.problems import words
from bot.api.schemas import facts_of
from bot.api.words import api_words
from scoring import Ruleset


def page(rulesets: tuple[Ruleset, ...]) -> Response:
    """The page, where there are these rulesets."""
    text = render_template(
        "api/page.html",
        root=ROOT,
        description=DESCRIPTION,
        words=api_words(),
        operations=OPERATIONS.values(),
        schemas=document(rulesets)["components"]["schemas"],
        problems=words().problems,
        facts=facts_of(rulesets).values(),
    )
    return Response(text, content_type="text/html; charset=utf-8")
