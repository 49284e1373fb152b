"""Each fault of the topics is found, with its place and its mend."""

import shutil
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from dialogs.faq import check_topics


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the package's topics, to be spoilt."""
    with as_file(files("dialogs.faq")) as own:
        shutil.copytree(own / "topics", tmp_path / "topics")
        shutil.copy(own / "neighbours.yaml", tmp_path)
    return tmp_path


def spoil(folder: Path, alias: str) -> tuple[str, int]:
    """Give the last topic of the county one more alias; its file and line."""
    path = folder / "topics" / "county.yaml"
    text = path.read_text("utf-8").rstrip()
    assert text.endswith("]")
    path.write_text(f"{text[:-1]},\n    {alias}]\n", "utf-8")
    return path.name, len(path.read_text("utf-8").splitlines())


def test_the_package_is_in_order() -> None:
    assert check_topics() == []


def test_an_alias_of_two_topics(folder: Path) -> None:
    place = spoil(folder, "无偿献血")
    [fault, *_] = check_topics(folder)
    assert (fault.file, fault.line, fault.key) == (*place, "festival_stay")
    assert "“无偿献血” says the same as in blood_points (county.yaml:" in fault.what
    assert fault.mend == "keep it in one place only"


def test_the_same_said_in_other_words(folder: Path) -> None:
    spoil(folder, "请问身份证丢失了怎么办")
    assert [fault.key for fault in check_topics(folder)] == ["festival_stay"]


def test_an_alias_that_reads_like_an_answer(folder: Path) -> None:
    spoil(folder, "三年半")
    [fault] = check_topics(folder)
    assert "reads like an answer, not a question" in fault.what


def test_an_alias_that_leads_to_another_topic(folder: Path) -> None:
    spoil(folder, "党员退役军人加多少分呢")
    [fault] = check_topics(folder)
    assert fault.what.endswith("leads to special_status_points")
