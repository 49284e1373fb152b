"""One malformed file per fault. The first four lines of each say what must be reported: the line,
the key, what is wrong and what would be right, word for word: error messages are public."""

from pathlib import Path

import pytest

from scoring import Fault, RulesetError, load_ruleset
from scoring.engine.loading import check_path

FILES = sorted((Path(__file__).parent / "malformed").glob("*.yaml"))


def expected(file: Path) -> Fault:
    lines = file.read_text(encoding="utf-8").splitlines()[:4]
    said = dict(line.removeprefix("# ").split(": ", 1) for line in lines)
    return Fault(file.name, int(said["line"]), said["key"], said["what"], said["fix"])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_fault_is_named_with_its_place_and_its_fix(file: Path) -> None:
    assert check_path(file)[0] == expected(file)


def test_a_folder_without_rules_is_no_folder_of_sound_rules(tmp_path: Path) -> None:
    (tmp_path / "rules.txt").write_text("", encoding="utf-8")
    assert [(Path(fault.file).name, fault.what) for fault in check_path(tmp_path)] == [
        ("rules.txt", "it is not read"),
        (tmp_path.name, "there is no rules file in it"),
    ]


def test_a_file_that_its_name_keeps_from_being_read_is_told(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yml", "c.txt", "d.yaml.bak", ".e.yaml.swp"):
        (tmp_path / name).write_text("amends: zhejiang-common\ntitle: 更正\n", encoding="utf-8")
    unread = [fault.file for fault in check_path(tmp_path) if fault.what == "it is not read"]
    assert unread == ["c.txt", "d.yaml.bak"]


def test_all_faults_are_listed_not_only_the_first(tmp_path: Path) -> None:
    text = (FILES[0].parent / "no_source.yaml").read_text(encoding="utf-8")
    text = text.replace("[bachelor, master, doctor]", "[bachelor, phd]")
    text = text.replace("evidence: police_data", "evidence: police")
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    assert [fault.key for fault in check_path(tmp_path)] == [
        "residence",
        "education.college.points",
        "education.degree.choices",
    ]


def test_loading_refuses_what_is_malformed(tmp_path: Path) -> None:
    bad = FILES[0].parent / "negative_rate.yaml"
    (tmp_path / "mine.yaml").write_text(bad.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(RulesetError) as caught:
        load_ruleset("small", tmp_path)
    error = caught.value
    assert (error.file, error.line, error.key) == ("mine.yaml", 55, "residence.residence.rate")
    assert error.what == "-0.25 is negative"
    assert str(error).startswith("mine.yaml:55: residence.residence.rate: -0.25 is negative. Fix: ")


def test_an_unknown_ruleset_and_a_missing_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(RulesetError, match="there is no ruleset `yongjia`"):
        load_ruleset("yongjia")
    with pytest.raises(RulesetError, match="there is no such folder"):
        load_ruleset("yongjia-2022", tmp_path / "nowhere")
    (tmp_path / "mine.yaml").write_text("amends: yongjia-2021\ntitle: 口径\n", encoding="utf-8")
    with pytest.raises(RulesetError, match="did you mean yongjia-2022"):
        load_ruleset("yongjia-2022", tmp_path)


def test_two_files_of_a_folder_may_not_bring_the_same_ruleset(tmp_path: Path) -> None:
    text = (FILES[0].parent / "no_source.yaml").read_text(encoding="utf-8")
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert "the ruleset `small` is there already, in one.yaml" in str(check_path(tmp_path)[0])


def test_a_file_that_is_not_utf_8_and_a_folder_named_like_a_file_are_named(tmp_path: Path) -> None:
    (tmp_path / "gbk.yaml").write_bytes("id: 小县".encode("gbk"))
    (tmp_path / "folder.yaml").mkdir()
    assert [str(fault) for fault in check_path(tmp_path)] == [
        "folder.yaml:1: file: it cannot be read (Is a directory). Fix: fix its name or its "
        "permissions",
        "gbk.yaml:1: file: it is not UTF-8. Fix: save it as UTF-8",
    ]


def test_a_file_is_a_ruleset_or_an_amendment_not_both(tmp_path: Path) -> None:
    (tmp_path / "both.yaml").write_text("id: mine\namends: yongjia-2022\n", encoding="utf-8")
    (fault,) = check_path(tmp_path)
    assert fault.what == "this is neither a ruleset nor an amendment"
