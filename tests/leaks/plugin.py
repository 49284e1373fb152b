"""Fails a session of tests where a log says what a person told the program."""

import logging
import os
import tempfile
from pathlib import Path

import pytest

from tests.leaks.search import Leak, leaks, noted
from tests.leaks.witness import sitecustomize
from tests.leaks.witness.sitecustomize import FOLDER

MOST_SHOWN = 20


def pytest_configure(config: pytest.Config) -> None:
    """Look after a session."""
    config.pluginmanager.register(LogSearch(config), "log-search")


class LogSearch:
    """Of one session: its processes note things in one folder, and the first one looks at them."""

    def __init__(self, config: pytest.Config) -> None:
        self.is_first = not hasattr(config, "workerinput")
        self.outer = {name: os.environ.get(name) for name in (FOLDER, "PYTHONPATH")}
        self.found: list[Leak] = []
        self.counts = (0, 0)
        if self.is_first:
            self._folder = tempfile.TemporaryDirectory(prefix="leaks-")
            os.environ[FOLDER] = self._folder.name
            here = str(Path(sitecustomize.__file__).parent)
            os.environ["PYTHONPATH"] = os.pathsep.join(
                filter(None, [here, self.outer["PYTHONPATH"]])
            )
        sitecustomize.begin(Path(os.environ[FOLDER]), alone=False)
        logging.getLogger("bot").setLevel(logging.DEBUG)  # all that could ever be logged

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Look, once all processes are done."""
        if not self.is_first:
            return
        used, logged = noted(Path(os.environ[FOLDER]))
        self.counts = len(used), len(logged)
        self.found = list(leaks(used, logged))
        if self.found:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what was found."""
        used, logged = self.counts
        say = terminalreporter.write_line
        say(f"logs: {used} things that people told, {logged} lines, {len(self.found)} leaks")
        for text, line in self.found[:MOST_SHOWN]:
            say(f"  {text!r} stands in: {line[:300]!r}", red=True)

    def pytest_unconfigure(self) -> None:
        """Leave nothing."""
        if self.is_first:
            self._folder.cleanup()
            for name, value in self.outer.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})
