from tests.bot.databases import engine, postgres, sqlite, url

__all__ = ["engine", "postgres", "sqlite", "url"]
