"""Before its first use a database is looked at: another version, or one that other keys sealed,
must not be written to.

A start does it. Where the database is away then, it is done when the first connection is made once
it answers, before that one is handed out, and costs a message nothing after that. As long as it
does not pass, the database counts as away: asking for a connection gives the driver's error.
"""

from weakref import WeakKeyDictionary

from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection

from bot import migrations
from bot.clock import Clock
from bot.keys import known_keys
from bot.sealing.keyring import engine_of
from bot.settings import Settings, SettingsError

_due: WeakKeyDictionary[Engine, tuple[Settings, Clock]] = WeakKeyDictionary()


def look(engine: Engine, clock: Clock) -> None:
    """See that the database is of this program's version, and that its keys open what is there.

    Raises:
        SettingsError: it is not; says what to do.
        SQLAlchemyError: it does not answer.
    """
    migrations.demand_newest(engine)
    known_keys.demand(engine, clock())


def postpone(engine: Engine, settings: Settings, clock: Clock) -> None:
    """Look before the next connection is used, since the database is away."""
    engine.dispose()  # none that was made without a look goes on
    _due[engine] = settings, clock

    def demand(connection: DBAPIConnection, _record: object) -> None:
        try:
            catch_up(engine)
        except Exception as error:
            connection.close()
            if isinstance(error, SettingsError):
                driver = engine.dialect.loaded_dbapi
                raise driver.OperationalError(str(error)) from error
            raise

    event.listen(engine, "connect", demand)


def catch_up(engine: Engine) -> None:
    """Look where that was postponed; several threads may. Raises as `look` does."""
    if (due := _due.get(engine)) is None:
        return
    settings, clock = due
    own = engine_of(settings, pooled=False)
    try:
        look(own, clock)
    finally:
        own.dispose()
    _due.pop(engine, None)
