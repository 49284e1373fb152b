import pytest
from argon2 import PasswordHasher

from bot.staff.auth import passwords, recovery_codes
from tests.bot.databases import engine, postgres, sqlite, url
from tests.bot.staff.office import booked, office
from tests.bot.web import app, browser, service, watch

__all__ = [
    "app",
    "booked",
    "browser",
    "engine",
    "office",
    "postgres",
    "service",
    "sqlite",
    "url",
    "watch",
]


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real argon2 with the least work: hashing slowly is for attackers, not for tests."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", quick)
    monkeypatch.setattr(passwords, "nobody", lambda: quick.hash("nobody"))
    least = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
    monkeypatch.setattr(recovery_codes, "WORK", least)
