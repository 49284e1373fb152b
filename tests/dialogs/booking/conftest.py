"""A person at home in the chat, who agreed."""

import pytest

from tests.dialogs.booking.phone import Phone


@pytest.fixture
def phone() -> Phone:
    return Phone()
