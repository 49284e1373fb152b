"""The guides lead where they say."""

from pathlib import Path

import pytest

from tests import guides
from tests.guides import GUIDES, dead_links


@pytest.mark.parametrize("guide", GUIDES)
def test_every_link_leads_somewhere(guide: str) -> None:
    assert dead_links(guide) == []


def test_a_link_that_leads_nowhere_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "# One thing\n```\n# No heading\n```\n[a](#one-thing) [b](other.md) [c](#no-heading)\n"
    (tmp_path / "one.md").write_text(text)
    (tmp_path / "two.md").write_text("[a](one.md#one-thing) [b](one.md#two) <https://a.cn>\n")
    monkeypatch.setattr(guides, "ROOT", tmp_path)
    assert dead_links("one.md") == ["other.md", "#no-heading"]
    assert dead_links("two.md") == ["one.md#two"]
