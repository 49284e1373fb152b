"""`/search`: a question in one's own words, answered as the chat answers it. Nothing of it is kept,
and of its address the log names no query."""

from flask import render_template, request

from bot.pages.blueprint import blueprint
from bot.service import the_service
from dialogs.faq import Found, answer, find, neighbours, topics

LONGEST = 100  # characters of a question


@blueprint.get("/search")
def search() -> str:
    """The answer to `q`, or to `topic`, and the topics near it; without either, the field alone."""
    service = the_service()
    asked, topic = request.args.get("q", "").strip()[:LONGEST], request.args.get("topic")
    found = Found("answer", (topic,)) if topic in topics() and topic else find(asked)
    if found.decision == "none" and asked:  # 大专: what it gives
        worth = find(f"{asked}几分")
        found = worth if worth.decision == "answer" else found
    told = next(iter(found.topics), None) if found.decision != "choices" else None
    neighbour = neighbours()[found.neighbour] if found.neighbour else None
    rules, today = service.rules(), service.clock().date()
    return render_template(
        "pages/search.html",
        asked=asked,
        title=topics()[told].title if told else None,
        answer=answer(told, rules, today, beside=found.beside) if told else None,
        neighbour=neighbour,
        near=[topics()[id] for id in found.topics if id != told],
    )
