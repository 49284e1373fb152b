"""Both rulesets hold exactly what the documents state, and nothing in them lacks anything."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import scoring
from scoring import Ruleset, list_rulesets, load_ruleset
from scoring.counties import packaged_rulesets
from scoring.engine.loading import check_packaged
from scoring.rulefile.evidence_table import table
from scoring.rulefile.kinds import KINDS
from scoring.rulefile.model import ValuePlace
from scoring.rulefile.values import Entry

ON = date(2026, 11, 23)
RULESETS = list_rulesets()
CASES = Path(__file__).parents[1] / "rulesets"
PARTIALS = Path(__file__).parents[2] / "templates" / "chat" / "explain"


def rows(ruleset: Ruleset, part: str) -> tuple[int, int]:
    """Categories and rows of a part."""
    found = ruleset.part(part)
    return len(found.categories), sum(i.rows for c in found.categories for i in c.items)


def caps(ruleset: Ruleset, part: str) -> tuple[Decimal, Decimal]:
    """The part's cap, and what its categories' caps add up to under the default readings."""
    figures = ruleset.figures(ON)
    each = [figures[f"{category.id}.cap"].value for category in ruleset.part(part).categories]
    return figures[f"{part}.cap"].value, sum(each)


def test_the_revision_has_10_and_100_and_34_and_200_and_3_and_8() -> None:
    ruleset = load_ruleset("yongjia-2022")
    assert rows(ruleset, "common") == (5, 10)
    assert caps(ruleset, "common") == (100, 100)
    assert rows(ruleset, "county") == (11, 34)
    assert caps(ruleset, "county") == (200, 200)
    assert rows(ruleset, "deductions") == (3, 8)


def test_the_original_has_18_and_360_and_29_and_555_and_3_and_8() -> None:
    ruleset = load_ruleset("yongjia-original")
    assert rows(ruleset, "base") == (4, 18)
    assert rows(ruleset, "bonus") == (9, 29)
    assert rows(ruleset, "deductions") == (3, 8)
    stated = [ruleset.figure(f"{part}.cap", ON).value for part in ("base", "bonus")]
    assert stated == [360, 555]


def test_the_360_of_the_original_is_the_sum_of_its_rows() -> None:
    """A cross-check of the reading of the note: 90 + 105 + 75 + 90, every tier counted."""
    figure = load_ruleset("yongjia-original").figure
    education = [figure(f"education.{row}", ON).value for row in TIERS]
    skill = [5, 10, 15, 20, 25, 30]  # six tiers, of which the file has the first and the last
    employment = [30, 30, 5, 10]
    living = [30, 40, 20]
    certificate = [figure(f"any_certificate.{key}", ON).value for key in ("points", "high")]
    assert certificate == [5, 30]
    assert sum(education) + sum(skill) + sum(employment) + sum(living) == 360


TIERS = ("high_school", "junior_college", "bachelor", "master", "doctor")


def test_the_packaged_rules_are_sound() -> None:
    assert check_packaged() == []


def entries() -> Iterator[tuple[str, ValuePlace, Entry[object]]]:
    for ruleset in RULESETS:
        for place in ruleset.values():
            for _, dated in place.value.alternatives():
                for entry in dated.entries():
                    yield ruleset.id, place, entry


def test_every_value_has_source_unit_status_day_and_verification_day() -> None:
    """Found again here, without the loader's own checks."""
    found = list(entries())
    assert len(found) > 190
    for ruleset, place, entry in found:
        where = f"{ruleset} {place.path}"
        assert entry.unit, where
        assert entry.status in ("stated", "standard", "inferred", "unpublished"), where
        assert entry.from_ is not None, where
        assert entry.verified_on in (ON, date(2026, 11, 28)), where
        assert entry.source is not None, where
        assert entry.source.document, where
        assert entry.source.place, where


@pytest.mark.parametrize("ruleset", RULESETS, ids=lambda ruleset: ruleset.id)
def test_every_row_has_a_label_a_status_a_source_and_evidence_or_a_reason(ruleset: Ruleset) -> None:
    for item in ruleset.items():
        assert item.label, item.id
        assert item.status, item.id
        assert item.source, item.id
        assert (item.evidence in table(ruleset)) or item.no_evidence, item.id


@pytest.mark.parametrize("ruleset", RULESETS, ids=lambda ruleset: ruleset.id)
def test_every_document_is_cited(ruleset: Ruleset) -> None:
    written = packaged_rulesets()[ruleset.id].read_text(encoding="utf-8")
    cited = set(re.findall(r"document: (\w+)", written))
    if ruleset.extends:
        common = packaged_rulesets()[ruleset.extends].read_text(encoding="utf-8")
        cited |= {"own", *re.findall(r"document: (\w+)", common)}  # of a skeleton, not cited yet
        assert set(ruleset.documents) <= cited
    else:
        assert set(ruleset.documents) == cited


def test_every_kind_has_its_module_and_its_explanation() -> None:
    modules = {path.stem for path in Path(scoring.__file__).parent.glob("rulefile/kinds/*.py")}
    assert modules == {*KINDS, "base", "__init__"}
    assert {path.stem for path in PARTIALS.glob("[!_]*.txt")} >= set(KINDS)


def test_every_kind_is_used_or_shown_in_the_guide() -> None:
    used = {item.rule for ruleset in RULESETS for item in ruleset.items()}
    assert set(KINDS) - used == {"deduction"}  # nobody knows one; the guide's example fills two


def test_rows_name_rows_of_the_earlier_ruleset() -> None:
    ruleset, earlier = load_ruleset("yongjia-2022"), load_ruleset("yongjia-original")
    known = {item.id for item in earlier.items()}
    named = [id for item in ruleset.items() if item.change for id in item.change.was]
    assert set(named) <= known
    assert all(item.change is not None for item in ruleset.items())
    assert set(named) == known  # nothing of the earlier rules was lost on the way


def test_files_are_named_like_the_rulesets_in_them() -> None:
    assert [ruleset.id for ruleset in RULESETS] == list(packaged_rulesets())
