"""Faults are told in Chinese; full-width signs are recognised and named."""

import re
from pathlib import Path

import pytest

from scoring import Fault, RulesetError, rulefile
from scoring.engine.loading import check_path
from scoring.rulefile.chinese import in_chinese, told
from scoring.rulefile.yaml_source import parse_yaml, read_yaml
from tests.scoring.test_malformed import FILES, expected

QUOTED = re.compile(r"'[^']*'")
WORDS = re.compile(r"[a-z]{3,} [a-z]{2,}")
"""Two English words in a row; ids, keys and YAML's own words may stand alone."""
SMALL = (FILES[0].parent / "no_source.yaml").read_text("utf-8")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_fault_has_its_chinese(file: Path) -> None:
    fault = expected(file)
    for sentence in (fault.what, fault.fix):
        assert not WORDS.search(QUOTED.sub("", in_chinese(sentence)))


def test_a_line_in_both_languages() -> None:
    fault = Fault("mine.yaml", 12, "rate", "it has no unit", "add `unit: points`")
    assert told(fault) == "mine.yaml:12：rate：没有写单位。改法：写 unit: points"
    assert told(fault, "en") == str(fault)


def test_the_order_may_differ() -> None:
    said = in_chinese("the document states 34 rows, the file has 35")
    assert said == "文件说有 34 个小项，这里有 35 个"


@pytest.mark.parametrize(
    ("before", "after", "sign"),
    [
        ("title: ", "title：", "："),
        ("value: 0.25", "value：0.25", "："),
        ("{value: 40, unit", "{value: 40，unit", "，"),
        ("{title: 小县通告}", "｛title: 小县通告｝", "｛"),
        ("value: 0.25", "value: 0．25", "．"),
    ],
)
def test_a_full_width_sign_is_named(tmp_path: Path, before: str, after: str, sign: str) -> None:
    assert before in SMALL
    text = SMALL.replace(before, after, 1)
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    line = next(n for n, one in enumerate(text.splitlines(), 1) if after in one)
    found = [fault for fault in check_path(tmp_path) if "full-width" in fault.what]
    assert [(fault.line, fault.what) for fault in found[:1]] == [
        (line, f"the character “{sign}” is full-width")
    ]
    assert f"这里用了全角的“{sign}”。改法：换成半角的" in told(found[0])


SIGNS = ("", "\t", ":", '"', "[", "}", "&", "*", "%", "@", "- ", "!", "|", "\x07")


def faults_of(text: str) -> list[Fault]:
    try:
        parse_yaml(text, "mine.yaml")
    except RulesetError as error:
        return list(error.faults)
    return []


def test_whatever_is_wrong_with_the_yaml_is_told_in_chinese() -> None:
    """A sign too many or too few, anywhere."""
    found = {
        sentence
        for place in range(0, len(SMALL), 29)
        for sign in SIGNS
        for fault in faults_of(SMALL[:place] + sign + SMALL[place + (not sign) :])
        for sentence in (fault.what, fault.fix)
    }
    assert len(found) > 30
    assert not [one for one in found if WORDS.search(QUOTED.sub("", in_chinese(one)))]


def test_a_tab_is_named() -> None:
    [fault] = faults_of("parts:\n\t- id: common")
    assert told(fault) == ("mine.yaml:2：YAML：缩进里有制表符（Tab 键）。改法：换成空格")


def test_a_folder_that_is_not_there_is_called_one(tmp_path: Path) -> None:
    with pytest.raises(RulesetError) as raised:
        check_path(tmp_path / "nowhere")
    assert "没有这个文件夹" in told(raised.value.faults[0])


def test_what_is_to_be_typed_has_no_full_width_sign() -> None:
    """Anyone who copies `unit: points` out of a sentence can use it."""
    written = read_yaml(Path(rulefile.__file__).with_name("faults.zh.yaml"))
    typed = re.compile(r"(?:add|write|say|type|use)[^:]*`(\w+: )[^`]*`")
    wrong = [
        said
        for said, chinese in written.items()
        if (found := typed.search(said)) and f"{found[1][:-2]}：" in chinese
    ]
    assert not wrong
