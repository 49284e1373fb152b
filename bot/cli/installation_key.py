"""The key of this installation, where the environment has one: for determination ids."""

from os import environ
from typing import TYPE_CHECKING, Any

from bot.settings import PREFIX, Settings

if TYPE_CHECKING:
    from bot.sealing.keyring import Keyring
    from scoring.analysis.determination import Keyed

NAMES = ("data_key", "data_key_previous", "secret_key", "wechat_mode")


def key() -> "Keyed | None":
    """What makes new ids; None without a key."""
    found = _keyring()
    if found is None:
        return None
    from bot.determination import signing

    return signing(found)


def keys() -> "list[Keyed]":
    """What ids may have been made with; none without a key."""
    found = _keyring()
    if found is None:
        return []
    from bot.determination import checking

    return checking(found)


def _keyring() -> "Keyring | None":
    """Imported only where there is a key: the database's library comes with it."""
    given: dict[str, Any] = {name: environ.get(PREFIX + name.upper(), "").strip() for name in NAMES}
    given = {name: text for name, text in given.items() if text}
    if not given.keys() & {"data_key", "data_key_previous", "secret_key"}:
        return None
    from bot.sealing.keyring import Keyring

    return Keyring.of(Settings(**given))
