"""A person's data, wherever it is kept: shown on request, deleted on request or on leaving.

Every module that keeps something about a person registers a `Holder`, so that nothing is left
behind when a table is added.
"""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, RowMapping

from bot.settings import Settings

Forget = Callable[[Connection, str], None]
Show = Callable[[Connection, str], object]
Withdraw = Callable[[Connection, str, Settings], None]


@dataclass(frozen=True, slots=True)
class Holder:
    """One kind of kept data. `forget(connection, openid)` deletes or blanks it; `show(connection,
    openid)` gives it as JSON-like data, None or empty where nothing is kept. `withdraw(connection,
    openid, settings)` deletes the sensitive facts in it, where their consent was withdrawn; None
    where there are none."""

    name: str
    forget: Forget
    show: Show
    withdraw: Withdraw | None = None


_holders: dict[str, Holder] = {}


def hold(holder: Holder) -> None:
    """Register a holder; registering the same name again replaces it."""
    _holders[holder.name] = holder


def names() -> tuple[str, ...]:
    """The kinds of kept data, in the order they were registered."""
    return tuple(_holders)


def forget(connection: Connection, openid: str) -> None:
    """Delete everything that is kept about this person, inside the caller's transaction.

    The last registered goes first: it may find its rows by way of an earlier one's (the audit trail
    speaks of appointments), which know their person no longer once they are blanked. The talk goes
    before booking, notices and consents, in the order in which a turn and a worker touch them, so
    that none of them waits for another that waits for it."""
    for holder in reversed(_holders.values()):
        holder.forget(connection, openid)


def withdraw(connection: Connection, openid: str, settings: Settings) -> None:
    """Delete what is kept, beside the talk, of this person's sensitive facts: the talk itself
    withdraws them from its state."""
    for holder in _holders.values():
        if holder.withdraw is not None:
            holder.withdraw(connection, openid, settings)


def everything_about(connection: Connection, openid: str) -> dict[str, object]:
    """All that is kept about this person, by the holder's name; empty kinds are left out."""
    shown = {name: holder.show(connection, openid) for name, holder in _holders.items()}
    return {name: kept for name, kept in shown.items() if kept}


def record(row: RowMapping | Mapping[str, Any], *without: str, **more: object) -> dict[str, object]:
    """A row as JSON takes it: moments and days as ISO writes them, decimals as numbers. All that
    has a value is in it but the columns `without`, so that a new column is shown unasked."""
    kept = {name: value for name, value in row.items() if name not in without}
    return {name: _plain(value) for name, value in (kept | more).items() if value is not None}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def pseudonym(secret_key: str, openid: str) -> str:
    """A short stand-in for an openid in logs: the same within one installation, and of no use to
    anyone who has not its secret key."""
    return hmac.new(secret_key.encode(), openid.encode(), "sha256").hexdigest()[:10]
