"""What several commands share: the option that says where the database is, and opening it."""

import click
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot import migrations
from bot.database import engine_for
from bot.settings import SettingsError

database_url = click.option(
    "--url",
    envvar="XINSHIMIN_DATABASE_URL",
    default="sqlite:///var/xinshimin.db",
    show_default=True,
    help="Where the database is.",
)


def open_database(url: str, *, must_answer: bool = True) -> Engine:
    """An engine on a database of this program's version. Without `must_answer` it may also be away
    for the moment.

    Raises:
        ClickException: it is another one, or away; says what to do.
    """
    try:
        engine = engine_for(url)
        migrations.demand_newest(engine)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    except SQLAlchemyError as error:
        if must_answer:
            what = str(error).splitlines()[0]
            raise click.ClickException(f"The database does not answer: {what}") from error
    return engine
