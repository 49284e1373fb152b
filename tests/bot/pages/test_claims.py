"""What the pages say of the rules names its source, and is no surer than that."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from dialogs.data import parse
from dialogs.faq import claims_faults

PAGES = Path(__file__).parents[3] / "templates" / "pages"
TABLE: dict[str, dict[str, list[str]]] = parse((PAGES / "claims.yaml").read_text("utf-8"))
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


PLAIN_FILE = Path(__file__).with_name("plain_sentences.yaml")
PLAIN: dict[str, list[str]] = parse(PLAIN_FILE.read_text("utf-8"))
ABOUT_RULES = [page for page in sorted(PAGES.glob("*.html")) if not OURS.search(page.name)]
WORDS = re.compile("[一-鿿].*?[一-鿿].*?[一-鿿].*?[一-鿿]")


def claimed(page: str, sentence: str) -> bool:
    return any(piece in sentence for piece in TABLE.get(page, {}))


def plain(page: Path) -> list[str]:
    """The sentences of a page that are neither claims nor worded as what nobody knows."""
    said = (one for one in sentences(page) if WORDS.search(one) and not HEDGE.search(one))
    return list(dict.fromkeys(one for one in said if not claimed(page.name, one)))


@pytest.mark.parametrize("page", ABOUT_RULES, ids=lambda page: page.name)
def test_each_sentence_is_a_claim_with_its_source_or_claims_nothing(
    page: Path, request: pytest.FixtureRequest
) -> None:
    """A new sentence fails. Where it says something of the rules, it goes into claims.yaml with its
    source; otherwise `pytest --record` writes it down, and a person reads the difference."""
    found = plain(page)
    assert not [one for one in found if CLAIM.search(one)], "name its source in claims.yaml"
    if request.config.getoption("--record"):
        PLAIN[page.name] = found
        text = yaml.safe_dump(PLAIN, allow_unicode=True, width=1000, sort_keys=True)
        PLAIN_FILE.write_text(text, encoding="utf-8")
    assert [one for one in found if one not in PLAIN.get(page.name, ())] == []


@pytest.mark.parametrize("page", TABLE)
def test_what_is_named_is_said_and_no_surer_than_its_source(page: str) -> None:
    said = "".join(sentences(PAGES / page))
    for piece, sources in TABLE[page].items():
        assert piece in said
        assert not claims_faults(piece, sources)
