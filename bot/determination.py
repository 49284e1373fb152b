"""The key of determination ids: made from the one that seals what is known of people, so that it
lives as long as what was sealed."""

from functools import partial

from bot.sealing.keyring import Key, Keyring
from scoring.analysis.determination import Keyed

PURPOSE = "determination"


def signing(keyring: Keyring) -> Keyed | None:
    """What makes new ids; None without a key."""
    return _keyed(keyring.current) if keyring.current else None


def checking(keyring: Keyring) -> list[Keyed]:
    """What ids may have been made with: earlier keys too."""
    return [_keyed(key) for key in keyring.keys.values()]


def _keyed(key: Key) -> Keyed:
    return partial(key.index, PURPOSE)
