"""Backups that only a key opens.

The file is a header (the format, which key, a random salt) and pieces of a megabyte, each sealed by
AES-256-GCM under a key of this file alone, derived from `BACKUP_KEY` and the salt. The nonce of a
piece is its number and whether it is the last, as in the STREAM construction that age uses: pieces
cannot be changed, swapped, left out or cut off unnoticed, and one of them is in memory at a time.

`DATA_KEY` is another one on purpose. It changes while backups of years ago must still open, and
the person trusted to keep and open backups need not read what people said, which lies sealed in
them once more.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.backup.contents import BackupError

FORMAT = b"xinshimin backup 1\n"
ID, SALT, TAG = 4, 16, 16  # bytes
HEADER = len(FORMAT) + ID + SALT
PIECE = 1 << 20  # bytes of a backup
NUMBER = 11  # bytes of the nonce; the twelfth says whether the piece is the last


@dataclass(frozen=True)
class BackupKey:
    """One `BACKUP_KEY`."""

    secret: str = field(repr=False)

    @property
    def id(self) -> bytes:
        """Which key it is: says nothing about it."""
        return self._derived(b"xinshimin backup key", ID)

    def cipher(self, salt: bytes) -> AESGCM:
        """Of one file."""
        return AESGCM(self._derived(salt, 32))

    def _derived(self, salt: bytes, size: int) -> bytes:
        return HKDF(SHA256(), size, salt, b"xinshimin backup").derive(self.secret.encode())


class _Piece(NamedTuple):
    nonce: bytes
    content: bytes
    is_last: bool


def is_sealed(file: Path) -> bool:
    """Whether the file begins as one of these. Raises OSError."""
    with file.open("rb") as opened:
        return opened.read(len(FORMAT)) == FORMAT


def seal(plain: Path, sealed: Path, key: BackupKey) -> None:
    """Write `plain` to `sealed`. Raises OSError."""
    header = FORMAT + key.id + os.urandom(SALT)
    cipher = key.cipher(header[-SALT:])
    with plain.open("rb") as source, sealed.open("wb") as target:
        target.write(header)
        for piece in _pieces(source, PIECE):
            target.write(cipher.encrypt(piece.nonce, piece.content, header))


def unseal(sealed: Path, keys: Sequence[BackupKey], plain: Path | None = None) -> None:
    """Read all of `sealed`, and write what it holds to `plain`, if that is given.

    Raises:
        BackupError: no key fits, or the file was cut off or altered; what is in `plain` by then is
            worth nothing.
        OSError: a file cannot be read or written.
    """
    with sealed.open("rb") as source, (plain or Path(os.devnull)).open("wb") as target:
        header = source.read(HEADER)
        cipher = _key(sealed, header, keys).cipher(header[-SALT:])
        for piece in _pieces(source, PIECE + TAG):
            target.write(_opened(sealed, cipher, piece, header))


def _pieces(source: BinaryIO, size: int) -> Iterator[_Piece]:
    """At least one, if it is an empty one."""
    number, content = 0, source.read(size)
    while following := source.read(size):
        yield _Piece(_nonce(number, last=False), content, is_last=False)
        number, content = number + 1, following
    yield _Piece(_nonce(number, last=True), content, is_last=True)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(NUMBER) + bytes([last])


def _key(file: Path, header: bytes, keys: Sequence[BackupKey]) -> BackupKey:
    if len(header) < HEADER:
        raise BackupError(f"{file} was cut off.")
    id = header[len(FORMAT) : -SALT]
    for key in keys:
        if key.id == id:
            return key
    raise BackupError(
        f"{file} is sealed with the backup key {id.hex()}, which is not here: put it into "
        "XINSHIMIN_BACKUP_KEY or XINSHIMIN_BACKUP_KEY_PREVIOUS."
    )


def _opened(file: Path, cipher: AESGCM, piece: _Piece, header: bytes) -> bytes:
    try:
        return cipher.decrypt(piece.nonce, piece.content, header)
    except InvalidTag:
        how = "cut off" if piece.is_last and _was_followed(cipher, piece, header) else "altered"
        raise BackupError(f"{file} was {how}: take another backup.") from None


def _was_followed(cipher: AESGCM, piece: _Piece, header: bytes) -> bool:
    """Whether it was not the last piece when it was sealed, or only its beginning is left."""
    if len(piece.content) < PIECE + TAG:
        return len(piece.content) < TAG
    try:
        cipher.decrypt(piece.nonce[:-1] + b"\0", piece.content, header)
    except InvalidTag:
        return False
    return True
