"""Run by Alembic with the open connection that `bot.migrations.upgrade` hands over."""

from alembic import context
from sqlmodel import SQLModel

import bot.models  # noqa: F401 - registers the tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,  # SQLite cannot alter most of a table in place
    transactional_ddl=True,
)
context.run_migrations()
