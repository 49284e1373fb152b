"""The words of these talks are those of no service, whatever tests of services ran before."""

import pytest

from dialogs.phrases import environment, of_no_service


@pytest.fixture(autouse=True)
def _words_of_no_service(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in of_no_service().items():
        monkeypatch.setitem(environment().globals, name, value)
