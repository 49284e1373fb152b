"""`pytest --record` writes the golden transcripts anew; read every one of them afterwards."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record", action="store_true", help="write the golden transcripts anew")
