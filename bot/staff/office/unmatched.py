"""What nobody understood: with one click it becomes another way to ask for a topic."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Delete, delete, insert, select
from sqlmodel import col

from bot.database import reading, writing
from bot.models.alias import TopicAlias
from bot.models.unmatched import UnmatchedText
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth.access import DESK, allowed, me
from bot.staff.blueprint import blueprint
from bot.staff.flashes import say
from bot.unmatched import is_text
from dialogs.faq import topics

MOST = 40


@blueprint.get("/unmatched")
@allowed(*DESK)
def unmatched() -> ResponseReturnValue:
    """The most frequent first, each with the likeliest topics; below, what was taught."""
    service = the_service()
    with reading(service.engine) as connection:
        texts = connection.execute(
            select(UnmatchedText).order_by(col(UnmatchedText.times).desc()).limit(MOST)
        ).all()
        learnt = connection.execute(
            select(TopicAlias).order_by(col(TopicAlias.added_at).desc())
        ).all()
    find = service.aliases.finder(service.clock()).find
    return render_template(
        "staff/unmatched.html",
        texts=[(row, find(row.text).topics) for row in texts],
        learnt=learnt,
        topics=topics(),
    )


@blueprint.post("/unmatched/teach")
@allowed(*DESK)
def teach() -> ResponseReturnValue:
    """This text asks for that topic."""
    service = the_service()
    text, topic = request.form.get("text", ""), request.form.get("topic", "")
    said: dict[str, object] = {"text": text}  # a citizen's own words may name anybody
    if topic not in topics():
        abort(400)
    with writing(service.engine) as connection:
        now = service.clock()
        gone = connection.execute(delete(UnmatchedText).where(is_text(connection, text)))
        if not gone.rowcount:
            done = audit.just_done(connection, now, me().account, "add_alias", topic, said)
            say("taught" if done else "already_gone", bad=not done)
            return redirect(url_for("staff.unmatched"))
        connection.execute(delete(TopicAlias).where(col(TopicAlias.text) == text))
        connection.execute(
            insert(TopicAlias).values(text=text, topic=topic, account=me().account, added_at=now)
        )
        audit.record(connection, now, me().account, "add_alias", topic, said)
    say("taught")
    return redirect(url_for("staff.unmatched"))


@blueprint.post("/unmatched/dismiss")
@allowed(*DESK)
def dismiss() -> ResponseReturnValue:
    """Nothing to learn from it."""
    with writing(the_service().engine) as connection:
        gone = delete(UnmatchedText).where(is_text(connection, request.form.get("text", "")))
        return _removed(connection, gone, "dismiss_question", "dismissed")


@blueprint.post("/unmatched/unteach")
@allowed(*DESK)
def unteach() -> ResponseReturnValue:
    """It was the wrong topic."""
    with writing(the_service().engine) as connection:
        gone = delete(TopicAlias).where(col(TopicAlias.text) == request.form.get("text", ""))
        return _removed(connection, gone, "remove_alias", "untaught")


def _removed(connection: Connection, gone: Delete, action: str, told: str) -> ResponseReturnValue:
    personal: dict[str, object] = {"text": request.form.get("text", "")}
    now, by = the_service().clock(), me().account
    done = bool(connection.execute(gone).rowcount)
    if done:
        audit.record(connection, now, by, action, personal=personal)
    else:
        done = audit.just_done(connection, now, by, action, personal=personal)
    say(told if done else "already_gone", bad=not done)
    return redirect(url_for("staff.unmatched"))
