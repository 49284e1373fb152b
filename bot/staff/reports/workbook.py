"""All reports as one workbook (xlsx), a sheet for each."""

import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from xlsxwriter import Workbook

WIDTH = 24  # letters, of the first column; the others have room for their heads
NARROW = 14
LONGEST_TITLE = 31  # of a sheet, says Excel


class Sheet(NamedTuple):
    """One sheet: its head, its rows, and what is to be said below."""

    columns: Sequence[str]
    rows: Iterable[Sequence[object]]
    notes: Sequence[str] = ()


def written(sheets: Mapping[str, Sheet]) -> bytes:
    """The workbook. Texts are written as texts: none is run as a formula, none becomes a link."""
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bottom": 1})
    for title, sheet in sheets.items():
        page = book.add_worksheet(title[:LONGEST_TITLE])
        page.freeze_panes(1, 0)
        page.set_column(0, 0, WIDTH)
        page.set_column(1, max(1, len(sheet.columns) - 1), NARROW)
        for column, name in enumerate(sheet.columns):
            page.write_string(0, column, name, head)
        below = 1
        for below, row in enumerate((*sheet.rows, *((note,) for note in sheet.notes)), 1):
            for column, value in enumerate(row):
                _write(page, below, column, value)
    book.close()
    return file.getvalue()


def _write(page: Any, row: int, column: int, value: object) -> None:
    if value is None:
        return
    if isinstance(value, int | float | Decimal):
        page.write_number(row, column, float(value))
    else:
        page.write_string(row, column, str(value))
