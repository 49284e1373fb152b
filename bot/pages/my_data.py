"""`/my-data`: everything that is kept about anyone who looks, to read and to take along.

Both come from `people.everything_about`, so nobody can add a table and show it in one only.
"""

import json
from collections.abc import Mapping
from typing import Any

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from bot.database import reading, writing
from bot.pages.blueprint import blueprint
from bot.pages.my_data_view import sections
from bot.pages.oauth import person, personal
from bot.people import everything_about
from bot.service import the_service
from bot.withdrawal import withdraw as withdraw_sensitive


@blueprint.get("/my-data")
@personal
def my_data() -> str:
    """All of it in words, each kind with the time it is kept."""
    kept = _kept()
    return render_template(
        "pages/my_data.html",
        sections=sections(kept, the_service()),
        openid=person(),
        text=_file(kept),
        withdrawable=_gave_sensitive(kept),
    )


@blueprint.get("/my-data.json")
@personal
def my_data_file() -> Response:
    """All of it for another program."""
    names = {"Content-Disposition": 'attachment; filename="my-data.json"'}
    kind = "application/json; charset=utf-8"  # said, for phones that open it by themselves
    return Response(_file(_kept()), content_type=kind, headers=names)


@blueprint.post("/my-data/withdraw")
@personal
def withdraw() -> ResponseReturnValue:
    """The consent to sensitive facts ends, as by the word 撤回 in the chat: they are deleted, all
    else stays."""
    service = the_service()
    with writing(service.engine) as connection:
        withdraw_sensitive(connection, person() or "", service.clock(), service.settings)
    return redirect(url_for("pages.my_data"), 303)


def _gave_sensitive(kept: Mapping[str, Any]) -> bool:
    """Whether there is a consent to sensitive facts, of either person of the talk."""
    state = kept.get("conversation", {}).get("state", {})
    both = (one for one in (state, state.get("aside")) if one)
    return any((one.get("sensitive") or {}).get("yes") for one in both)


def _kept() -> dict[str, Any]:
    with reading(the_service().engine) as connection:
        return everything_about(connection, person() or "")


def _file(kept: dict[str, object]) -> str:
    now = the_service().clock().isoformat(timespec="seconds")
    about = {"openid": person(), "exported_at": now, "kept": kept}
    return json.dumps(about, ensure_ascii=False, indent=1) + "\n"
