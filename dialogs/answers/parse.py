"""One entrance for the six kinds of answers."""

from datetime import date

from dialogs.answers.outcome import Kind, Refused, Understood, Value


def parse(
    kind: Kind, text: str, today: date, *, year: int | None = None
) -> Understood[Value] | Refused:
    """Read `text` as the answer to a question of this kind.

    `year` is the year of an earlier refusal `month_missing`: then a bare month completes it.
    """
    stripped = text.strip()
    if not stripped:
        return Refused("empty")
    if kind == "yesno" and stripped in {"有", "没有"}:
        return Understood(stripped == "有")
    if kind in {"months", "years", "count", "yuan"} and stripped.isascii() and stripped.isdigit():
        return Understood(int(stripped[:9]))
    return Refused("not_understood")
