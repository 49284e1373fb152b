"""Fixtures of all tests of the service: each database server is started once."""

from tests.bot.databases import engine, postgres, sqlite, url

__all__ = ["engine", "postgres", "sqlite", "url"]
