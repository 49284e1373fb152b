"""What a page says of the click before it: the sentences of `templates/staff/said/`."""

from typing import Any

from flask import flash
from sqlalchemy import Row

DONE, BAD = "done", "bad"


def say(name: str, *, bad: bool = False, **told: object) -> None:
    """Let the next page say this sentence; `bad` where nothing was done. `told` is what the
    sentence speaks of. It travels in a cookie, so no name and no telephone number. Citizens' pages
    use the same cookie, and each room says only what is of its own kind."""
    flash((name, told), BAD if bad else DONE)  # type: ignore[arg-type]  # kept as JSON


def about(row: Row[Any]) -> dict[str, Any]:
    """What sentences may tell of an appointment, so that a slip is seen at once; `person`: the
    service can reach them, nobody has to call."""
    told = {
        "id": row.id,
        "site": row.site,
        "code": row.code,
        "window": row.window,
        "number": row.ticket,
    }
    return told | {"time": row.starts_at.strftime("%H:%M"), "person": bool(row.person)}
