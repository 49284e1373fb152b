"""A text names its source, and is no surer than that."""

import pytest

from dialogs.faq import answer_faults, claims, claims_faults
from dialogs.faq.claims import told
from dialogs.faq.topic import origins


@pytest.mark.parametrize(
    ("text", "sources", "wrong"),
    [
        ("要有居住证。", ("note",), ""),
        ("要有居住证。", (), "names no source"),
        ("要有居住证。", ("hearsay",), "names no source, or none known"),
        ("要带身份证。", ("practice",), "surer than its sources"),
        ("通常要带身份证。", ("practice",), ""),
        ("通常要带身份证。合同必须备案。", ("practice",), "“合同必须备案” is surer"),
        ("算不算，公开的说明里没有写。", ("silence",), ""),
        ("可以去问。", ("silence",), "surer than its sources"),
        ("合同必须备案。通常这样。", ("practice", "note"), ""),  # the note is sure
        ("通常这样。\n下一步：要带上证。", ("practice",), ""),  # what to do next claims nothing
    ],
)
def test_what_is_wrong_with_a_claim(text: str, sources: tuple[str, ...], wrong: str) -> None:
    found = [what for what, _ in claims_faults(text, sources)]
    assert wrong in "；".join(found) if wrong else not found


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("合同通常要备案。[practice]宿舍也算。[note]", ""),
        ("合同通常要备案，宿舍也算。", ""),  # worded as practice is
        ("每年 2 分。下一步", "“下一步” does not say what it rests on"),  # a figure brings its own
        ("宿舍也算。", "“宿舍也算” does not say what it rests on"),
        ("合同必须备案。[practice]", "“合同必须备案。” is surer"),
        ("合同要备案。[law]", "cites law, which its topic does not"),
        ("没有这一项。[rules]", ""),
        ("下一步：带上合同。", ""),
    ],
)
def test_each_sentence_says_which_source_it_rests_on(said: str, wrong: str) -> None:
    found = [what for what, _ in answer_faults(said, ("note", "practice"))]
    assert wrong in "；".join(found) if wrong else not found


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("租住合法住房每满 1 年 2 分，最高 6 分。", ""),  # the county's own figure
        ("算哪一类，通常看认定。[note, practice]", ""),
        ("合同必须备案。[note, practice]", "“合同必须备案。” is surer"),
        ("宿舍也算。[note]", ""),  # not told here
    ],
)
def test_in_a_county_without_that_document(
    said: str, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {id: one for id, one in origins().items() if id != "note"}
    monkeypatch.setattr(claims, "origins", lambda: known)
    found = [what for what, _ in answer_faults(said, ("note", "practice"))]
    assert wrong in "；".join(found) if wrong else not found


def test_what_rests_on_the_document_of_another_county_is_not_told() -> None:
    known = {id: one for id, one in origins().items() if id != "note"}
    said = (
        "每次 1 分。[rules]在本县做的才算。[note]\n通常看记录。[note, practice]\n不算。[note]\n完。"
    )
    assert told(said, known) == "每次 1 分。\n通常看记录。\n完。"
