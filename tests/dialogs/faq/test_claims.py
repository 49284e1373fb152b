"""A text names its source, and is no surer than that."""

import pytest

from dialogs.faq import claims_faults


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
