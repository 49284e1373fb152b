"""Fixtures of all tests of the service: each database server is started once, each template
compiled once."""

import pytest
from flask import Flask

from tests.bot.compiled import CompiledOnce
from tests.bot.databases import engine, postgres, sqlite, url

__all__ = ["engine", "postgres", "sqlite", "url"]


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> None:
    """Compiling would be half the time of a test that asks for a page or two."""
    Flask.jinja_options = {"bytecode_cache": CompiledOnce()}
