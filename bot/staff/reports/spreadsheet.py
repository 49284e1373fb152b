"""CSV for spreadsheet programs, safe to open."""

import csv
import io
from collections.abc import Iterable, Sequence

# A cell that begins so is run as a formula by spreadsheet programs (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def cell(value: object) -> str:
    """A value as text; text that would be run as a formula gets an apostrophe in front.

    >>> cell("=1+1"), cell(-3), cell("-3"), cell(None)
    ("'=1+1", '-3', "'-3", '')
    """
    if value is None:
        return ""
    text = str(value)
    if isinstance(value, str) and text.lstrip(" ").startswith(FORMULA_STARTS):
        return f"'{text}"
    return text


def written(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The table as CSV. UTF-8 with a mark in front, without which Excel reads Chinese as noise."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([cell(name) for name in header])
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
