"""What the pages say of the rules names its source, and is no surer than that."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from dialogs.faq import claims_faults

PAGES = Path(__file__).parents[3] / "templates" / "pages"
TABLE: dict[str, dict[str, list[str]]] = yaml.safe_load((PAGES / "claims.yaml").read_text("utf-8"))
OURS = re.compile(
    "simulator|my_data|consent|privacy|appointments|error|busy|sign_out|_when|taken_back|unknown"
)
"""Pages about the service itself: what it keeps, and its appointments."""
CLAIM = re.compile("必须|要先|只认|才(?:算|会|能)|不算(?!数)|可以凭|申请|核实")
HEDGE = re.compile("通常|没有公布|没有写")


def sentences(page: Path) -> Iterator[str]:
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}", "\n", page.read_text("utf-8"), flags=re.DOTALL)
    text = re.sub(r"\{\{.*?\}\}", "…", re.sub(r"<[^>]+>", " ", text), flags=re.DOTALL)
    yield from (re.sub(r"\s+", "", one) for one in re.split("[。\n；]", text))


CLAIMS = [
    pytest.param(page.name, sentence, id=f"{page.name} {sentence[:20]}")
    for page in sorted(PAGES.glob("*.html"))
    if not OURS.search(page.name)
    for sentence in sentences(page)
    if CLAIM.search(sentence) and not HEDGE.search(sentence)
]


def test_there_are_claims() -> None:
    assert len(CLAIMS) > 3


@pytest.mark.parametrize(("page", "sentence"), CLAIMS)
def test_a_claim_of_a_page_names_its_source(page: str, sentence: str) -> None:
    assert any(piece in sentence for piece in TABLE.get(page, {})), sentence


@pytest.mark.parametrize("page", TABLE)
def test_what_is_named_is_said_and_no_surer_than_its_source(page: str) -> None:
    said = "".join(sentences(PAGES / page))
    for piece, sources in TABLE[page].items():
        assert piece in said
        assert not claims_faults(piece, sources)
