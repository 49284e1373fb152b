"""`/my-data`: everything that is kept about whoever looks, to read and to take along.

Both come from `people.everything_about`, so nobody can add a table and show it in one only.
"""

import json

from flask import Response, render_template

from bot.database import reading
from bot.early import readable
from bot.pages.blueprint import blueprint
from bot.pages.kept import sections
from bot.pages.oauth import person, personal
from bot.people import everything_about
from bot.service import the_service


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
    )


@blueprint.get("/my-data.json")
@personal
def my_data_file() -> Response:
    """All of it for another program."""
    names = {"Content-Disposition": 'attachment; filename="my-data.json"'}
    kind = "application/json; charset=utf-8"  # said, for phones that open it by themselves
    return Response(_file(_kept()), content_type=kind, headers=names)


def _kept() -> dict[str, object]:
    service = the_service()
    with reading(service.engine) as connection:
        kept = everything_about(connection, person() or "")
    return readable(kept, service.settings.secret_key)


def _file(kept: dict[str, object]) -> str:
    now = the_service().clock().isoformat(timespec="seconds")
    about = {"openid": person(), "exported_at": now, "kept": kept}
    return json.dumps(about, ensure_ascii=False, indent=1) + "\n"
