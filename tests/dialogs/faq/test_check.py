"""Each fault of the topics is found, with its place and its fix. That the package has none,
`tests/dialogs/test_check.py` shows."""

import shutil
from importlib.resources import as_file, files

import pytest

from dialogs.faq import check_topics
from dialogs.faq.topic import GROUPS
from scoring import Fault

SPOILT = ("无偿献血", "请问身份证丢失了呢", "三年半", "党员退役军人加多少分呢", "请问留永过年呢")


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> list[Fault]:
    """What is found in a copy of two files of topics, the last of which got five bad aliases."""
    folder = tmp_path_factory.mktemp("faq")
    with as_file(files("dialogs.faq")) as own:
        shutil.copy(own / "neighbours.yaml", folder)
        (folder / "topics").mkdir()
        for group in GROUPS:
            (folder / "topics" / f"{group}.yaml").write_text("[]\n", "utf-8")
        for name in ("county.yaml", "how.yaml"):
            shutil.copy(own / "topics" / name, folder / "topics")
    path = folder / "topics" / "county.yaml"
    text = path.read_text("utf-8").rstrip()
    assert text.endswith("]")
    path.write_text(f"{text[:-1]},\n    {', '.join(SPOILT)}]\n", "utf-8")
    return check_topics(folder)


def about(faults: list[Fault], alias: str) -> Fault:
    return next(fault for fault in faults if f"“{alias}” " in fault.what)


def test_every_fault_names_its_place(faults: list[Fault]) -> None:
    found = about(faults, "三年半")
    assert (found.file, found.key) == ("county.yaml", "festival_stay")
    lines = (files("dialogs.faq") / "topics" / "county.yaml").read_text("utf-8").splitlines()
    assert found.line == len(lines) + 1


def test_an_alias_of_two_topics(faults: list[Fault]) -> None:
    fault = about(faults, "无偿献血")
    assert "says the same as in blood_points (county.yaml:" in fault.what
    assert fault.fix == "keep it in one place only"


def test_the_same_said_in_other_words(faults: list[Fault]) -> None:
    what = [fault.what for fault in faults if "身份证丢" in fault.what]
    assert any("says the same as in" in one for one in what)


def test_an_alias_said_twice(faults: list[Fault]) -> None:
    fault = about(faults, "请问留永过年呢")
    assert "says the same as in festival_stay" in fault.what
    assert fault.fix == "delete one of the two"


def test_an_alias_that_reads_like_an_answer(faults: list[Fault]) -> None:
    assert "reads like an answer, not a question" in about(faults, "三年半").what


def test_an_alias_that_leads_to_another_topic(faults: list[Fault]) -> None:
    assert about(faults, "党员退役军人加多少分呢").what.endswith("leads to special_status_points")
