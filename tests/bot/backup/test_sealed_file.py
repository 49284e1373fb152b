"""Backups that only a key opens: whole, or refused with what is wrong."""

from pathlib import Path

import pytest

from bot.backup import BackupError, BackupKey, sealed_file
from bot.backup.sealed_file import HEADER, TAG, seal, unseal

KEY, OTHER = BackupKey("the key of backups, long and odd"), BackupKey("another one")
PIECE = 64


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed_file, "PIECE", PIECE)


@pytest.fixture
def content() -> bytes:
    return bytes(range(3 * PIECE + 5))


@pytest.fixture
def sealed(tmp_path: Path, content: bytes) -> Path:
    (tmp_path / "plain").write_bytes(content)
    seal(tmp_path / "plain", tmp_path / "sealed", KEY)
    return tmp_path / "sealed"


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_it_opens_as_it_was(tmp_path: Path, size: int) -> None:
    plain, file, opened = (tmp_path / name for name in "pso")
    plain.write_bytes(bytes(size))
    seal(plain, file, KEY)
    unseal(file, [OTHER, KEY], opened)
    assert opened.read_bytes() == bytes(size)


def test_two_of_the_same_are_not_alike(tmp_path: Path, sealed: Path) -> None:
    seal(tmp_path / "plain", tmp_path / "again", KEY)
    assert sealed.read_bytes()[HEADER:] != (tmp_path / "again").read_bytes()[HEADER:]
    assert b"\x00\x01\x02\x03" not in sealed.read_bytes()


def test_without_its_key_it_says_which_one(sealed: Path) -> None:
    with pytest.raises(BackupError, match=f"the backup key {KEY.id.hex()}, which is not here"):
        unseal(sealed, [OTHER])
    assert KEY.id != OTHER.id


def test_every_length_it_may_be_cut_to(sealed: Path) -> None:
    whole = sealed.read_bytes()
    ends = {HEADER + number * (PIECE + TAG) for number in range(4)}
    for size in range(len(whole)):
        sealed.write_bytes(whole[:size])
        at_a_piece = size < HEADER or size in ends
        with pytest.raises(BackupError, match="cut off" if at_a_piece else "cut off|altered"):
            unseal(sealed, [KEY])


def test_every_byte_that_may_be_altered(sealed: Path) -> None:
    whole = sealed.read_bytes()
    for place in range(len(whole)):
        sealed.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        in_key = len(sealed_file.FORMAT) <= place < HEADER - sealed_file.SALT
        with pytest.raises(BackupError, match="which is not here" if in_key else "altered"):
            unseal(sealed, [KEY])


def test_pieces_cannot_change_places_or_be_left_out_or_added(sealed: Path) -> None:
    whole = sealed.read_bytes()
    head, body, size = whole[:HEADER], whole[HEADER:], PIECE + TAG
    one, two, rest = body[:size], body[size : 2 * size], body[2 * size :]
    for changed in (two + one + rest, one + rest, one + one + two + rest, body + rest, body + b"x"):
        sealed.write_bytes(head + changed)
        with pytest.raises(BackupError, match="altered"):
            unseal(sealed, [KEY])
