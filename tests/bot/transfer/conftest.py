from tests.bot.databases import engine, other_url, postgres, sqlite, url

__all__ = ["engine", "other_url", "postgres", "sqlite", "url"]
