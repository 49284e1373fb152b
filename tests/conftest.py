"""`pytest --record` writes the golden transcripts anew; read every one of them afterwards."""

import gc
from tempfile import TemporaryDirectory

import pytest

from tests.in_memory import in_memory
from tests.leaks import plugin

gc.disable()  # until everything is collected: nothing of what is imported till then is garbage


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record", action="store_true", help="write the golden transcripts anew")
    parser.addoption("--pictures", metavar="FOLDER", help="keep a picture of each step of a drive")


@pytest.hookimpl(tryfirst=True)  # before pytest asks where to write
def pytest_configure(config: pytest.Config) -> None:
    """Tests write in memory where they can: a commit waits for the disk twenty times as long as for
    all else. `--basetemp FOLDER` keeps what they wrote. The long tests write to the disk, as a
    service does."""
    plugin.pytest_configure(config)
    if config.option.basetemp or config.option.markexpr == "soak":
        return
    if memory := in_memory():
        folder = TemporaryDirectory(prefix="tests-", dir=memory)
        config.add_cleanup(folder.cleanup)
        config.option.basetemp = folder.name


def pytest_collection_finish() -> None:
    """What was imported and collected lives to the end. The garbage collector need not walk it, up
    to a second each time, a tenth of all the processor's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 10, 50)
    gc.enable()
