"""A file of people as pieces of whole rows, without ever holding more than one piece."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

HEAD = 1 << 16
PIECE = 1 << 18
LONGEST_ROW = 1 << 22
"""A quotation mark that is still open after so many bytes was never meant to be one."""
UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class UnusableFileError(ValueError):
    """The file as a whole cannot be used; the message says what would be right."""


class Piece(NamedTuple):
    """Whole rows. `line` is the number of the first one in the file, from 1."""

    line: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Source:
    """A file of people: where its rows start and how its text is written."""

    path: Path
    encoding: str
    start: int
    first_line: int
    header: str

    @property
    def size(self) -> int:
        """Bytes of the whole file."""
        return self.path.stat().st_size

    def pieces(self, size: int = PIECE) -> Iterator[Piece]:
        """The rows in pieces of about so many bytes."""
        with self.path.open("rb") as file:
            file.seek(self.start)
            line = self.first_line
            while data := _whole_rows(file, size, quoted=bool(self.header)):
                yield Piece(line, data)
                line += data.count(b"\n")


def look_at(path: Path, *, has_header: bool) -> Source:
    """Find out how a file is written. Raises UnusableFileError, saying what would be right."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        if not head.strip():
            raise UnusableFileError(f"{path} is empty")
        if head.startswith(WORKBOOKS):
            raise UnusableFileError(f"{path} is a workbook; save it as 'CSV UTF-8' and try again")
        if head.startswith(UTF16_MARKS) or b"\x00" in head:
            raise UnusableFileError(f"{path} is not UTF-8 or GBK text; save it as 'CSV UTF-8'")
        start = len(UTF8_MARK) if head.startswith(UTF8_MARK) else 0
        encoding = _encoding(path, head[start:])
        file.seek(start)
        header = file.readline() if has_header else b""
        return Source(
            path=path,
            encoding=encoding,
            start=start + len(header),
            first_line=2 if has_header else 1,
            header=header.decode(encoding),
        )


def _encoding(path: Path, head: bytes) -> str:
    whole = head[: head.rfind(b"\n") + 1] or head  # the last character may be cut in two
    for encoding in ("utf-8", "gb18030"):
        try:
            whole.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise UnusableFileError(
        f"{path} is not UTF-8 or GBK text; save it as 'CSV UTF-8' and try again"
    )


def _whole_rows(file: BinaryIO, size: int, quoted: bool) -> bytes:
    """About `size` bytes up to the end of a row: a quoted cell may hold line breaks."""
    pieces = [file.read(size), file.readline()]
    held = sum(map(len, pieces))
    is_open = quoted and sum(piece.count(b'"') for piece in pieces) % 2 == 1
    while is_open and held < LONGEST_ROW:
        more = file.readline()
        if not more:
            break
        pieces.append(more)
        held += len(more)
        is_open ^= more.count(b'"') % 2 == 1
    return b"".join(pieces)
