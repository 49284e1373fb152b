"""Options that several commands share."""

import click

database_url = click.option(
    "--url",
    envvar="XINSHIMIN_DATABASE_URL",
    default="sqlite:///var/xinshimin.db",
    show_default=True,
    help="Where the database is.",
)
