"""A service with one client that has a key."""

import pytest
from flask import Flask

from tests.bot.api.client import Client, client_of
from tests.bot.web import app, service, watch

__all__ = ["app", "service", "watch"]


@pytest.fixture
def client(app: Flask) -> Client:
    return client_of(app)
