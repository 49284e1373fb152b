"""The keys that seal what is known of people, and what they do.

A sealed text looks like `s1.3fa9c1d2.…`: the format, which key, and in base64 a random nonce with
what AES-256-GCM made of the text. The column and the row it belongs to are authenticated with it:
in another place it does not open.

Each column has a key of its own, derived from `DATA_KEY`. One key of AES-GCM is good for 2^32 texts
with random nonces; the busiest column of a county takes some millions in a year.
"""

import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass, field
from os import urandom
from typing import Self
from weakref import WeakKeyDictionary

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Dialect, Engine
from sqlalchemy.exc import DontWrapMixin

from bot.database import engine_for
from bot.settings import ANY, DATA_KEY_MISSING, Settings

FORMAT = "s1"
SEALED = re.compile(r"s1\.[0-9a-f]{8}\.[A-Za-z0-9_-]{38,}={0,2}")
NONCE = 12  # bytes
INDEX_DIGITS = 32  # hexadecimal


class SealError(Exception, DontWrapMixin):
    """A sealed text cannot be opened, or nothing can be sealed, with the keys that are here. The
    message names the column and the key, and nothing of what is kept. Nothing was changed. It comes
    out of a statement as it is: wrapped by SQLAlchemy it would pass for a fault of the database."""


class DamagedError(SealError):
    """No other key would open the text: it was damaged, or is another row's."""


@dataclass(frozen=True)
class Key:
    """One `DATA_KEY`, or what takes its place."""

    secret: str = field(repr=False)
    _ciphers: dict[str, AESGCM] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", self._derived("id", 4).hex())

    id: str = field(init=False, compare=False)
    """Which key it is: says nothing about it, and stands in all that it seals."""

    def cipher(self, column: str) -> AESGCM:
        """Of one column."""
        made = self._ciphers.get(column)
        if made is None:
            made = self._ciphers[column] = AESGCM(self._derived(f"seal {column}", 32))
        return made

    def index(self, purpose: str, text: str) -> str:
        """A keyed hash: equal texts have equal ones, and without the key nobody can make one."""
        key = self._derived(f"index {purpose}", 32)
        return hmac.digest(key, text.encode(), "sha256").hex()[:INDEX_DIGITS]

    def _derived(self, purpose: str, size: int) -> bytes:
        return HKDF(SHA256(), size, b"xinshimin data key", purpose.encode()).derive(
            self.secret.encode()
        )


@dataclass(frozen=True)
class Keyring:
    """The key that seals from now on, None where there is none; and all that can open."""

    current: Key | None
    keys: dict[str, Key]

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The keys of the settings. Without `DATA_KEY` a test account (`WECHAT_MODE=any`) seals
        with a key made from `SECRET_KEY`; what that one sealed can be opened afterwards, too."""
        stated = [Key(text) for text in settings.data_keys if text]
        made = [Key(f"SECRET_KEY {settings.secret_key}")] if settings.secret_key else []
        first = stated if settings.data_key else made if settings.wechat_mode == ANY else []
        keys = stated + made
        return cls(first[0] if first else None, {key.id: key for key in keys})

    def seal(self, column: str, row: str, text: str) -> str:
        """The text, sealed for this row of this column (`table.column`).

        Raises:
            SealError: there is no key.
        """
        key = self.demanded()
        nonce = urandom(NONCE)
        sealed = key.cipher(column).encrypt(nonce, text.encode(), _place(column, row))
        return f"{FORMAT}.{key.id}.{urlsafe_b64encode(nonce + sealed).decode()}"

    def open(self, column: str, row: str, sealed: str) -> str:
        """What was sealed for this row of this column.

        Raises:
            SealError: it is not sealed, its key is not here, or it is damaged or another row's.
        """
        parts = sealed.split(".")
        if len(parts) != 3 or parts[0] != FORMAT:
            raise DamagedError(f"{column}: a text is not sealed")
        key = self.keys.get(parts[1])
        if key is None:
            raise SealError(f"{column}: sealed with the key {parts[1]}, which is not here")
        try:
            data = urlsafe_b64decode(parts[2])
            opened = key.cipher(column).decrypt(data[:NONCE], data[NONCE:], _place(column, row))
        except (InvalidTag, Base64Error, ValueError):
            reason = "damaged, or of another row"
            raise DamagedError(f"{column}: sealed with the key {key.id}, and {reason}") from None
        return opened.decode()

    def indexes(self, purpose: str, text: str) -> list[str]:
        """The keyed hashes of a text that is looked for, under each key: rows may still have that
        of an earlier one."""
        return [key.index(purpose, text) for key in self.keys.values()]

    def demanded(self) -> Key:
        """The key that seals. Raises SealError: there is none."""
        if self.current is None:
            raise SealError(DATA_KEY_MISSING)
        return self.current


EMPTY = Keyring(None, {})
_keyrings: WeakKeyDictionary[Dialect, Keyring] = WeakKeyDictionary()
"""By the dialect of an engine, which each engine has one of its own of: that is what a column's
type is told when it seals and opens."""


def engine_of(settings: Settings, *, pooled: bool = True) -> Engine:
    """The engine of these settings, which seals and opens with their keys; see `engine_for`."""
    return equipped(engine_for(settings.database_url, pooled=pooled), Keyring.of(settings))


def equipped(engine: Engine, keyring: Keyring) -> Engine:
    """The engine, sealing and opening with these keys from now on."""
    _keyrings[engine.dialect] = keyring
    return engine


def keyring_of(dialect: Dialect) -> Keyring:
    """The keys of an engine or connection, by its dialect; none where nobody gave it any."""
    return _keyrings.get(dialect, EMPTY)


def is_sealed(text: str) -> bool:
    """Whether the text looks like a sealed one."""
    return SEALED.fullmatch(text) is not None


def _place(column: str, row: str) -> bytes:
    return f"{column}\n{row}".encode()
