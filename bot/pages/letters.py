"""`/letters/large`, `/letters/normal`: 大字版 on and off.

A link is enough, without a form and its token: all that it changes is the size of letters in this
browser, nothing is stored here, and anyone who is led there by another site sees the same pages and
the way back. So the chat can send it, and it works for anyone who would not find a switch.
"""

from flask import abort, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from bot.pages.blueprint import blueprint
from bot.web import letters

SIZES = {"large": True, "normal": False}


@blueprint.get("/letters/<size>")
def choose_letters(size: str) -> ResponseReturnValue:
    """Remember the size, and go to the page that `to` names, otherwise to the first one."""
    if size not in SIZES:
        abort(404)
    to = _within(request.args.get("to", "")) or url_for("pages.home")
    return letters.choose(make_response(redirect(to)), SIZES[size])


def _within(address: str) -> str:
    """The address if it is one of ours, "" otherwise.

    >>> _within("/rules?q=x"), _within("//evil.example"), _within("https://evil.example")
    ('/rules?q=x', '', '')
    >>> _within("/\\\\evil.example"), _within("/a\\n")
    ('', '')
    """
    ours = address.startswith("/") and not address.startswith("//")
    return address if ours and address.isprintable() and "\\" not in address else ""
