"""The chart of the coming years: sound SVG that says in words what it shows."""

from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from bot.charts import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, timeline_svg
from scoring import load_ruleset, timeline

ON = date(2026, 11, 23)
SVG = "{http://www.w3.org/2000/svg}"


def chart(**facts: Any) -> ElementTree.Element:
    return ElementTree.fromstring(
        timeline_svg(timeline(load_ruleset("yongjia-2022"), facts, on=ON))
    )


def test_it_says_in_words_what_it_shows() -> None:
    svg = chart(birth_date="1985-12-10", social_insurance_months=110)
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == "timeline-title timeline-desc"
    assert svg.findtext(f"{SVG}title") == "只是等下去，分数会怎么变"
    assert "现在 47.5 分" in (svg.findtext(f"{SVG}desc") or "")


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"birth_date": "1985-12-10"},
        {"birth_date": "1966-01-15"},
        {"social_insurance_months": 1, "residence_months": 1, "housing_fund_months": 1},
    ],
)
def test_everything_is_inside_the_frame(facts: dict[str, Any]) -> None:
    svg = chart(**facts)
    assert svg.get("viewBox") == f"0 0 {WIDTH} {HEIGHT}"
    for text in svg.iter(f"{SVG}text"):
        assert 0 <= float(text.get("x", "nan")) <= WIDTH
        assert 0 <= float(text.get("y", "nan")) <= HEIGHT
    dot = next(svg.iter(f"{SVG}circle"))
    assert LEFT <= float(dot.get("cx", "nan")) <= RIGHT
    assert TOP <= float(dot.get("cy", "nan")) <= BOTTOM


def test_years_are_on_the_axis() -> None:
    labels = {text.text for text in chart(birth_date="1985-12-10").iter(f"{SVG}text")}
    assert {"2027", "2028", "2029", "2030", "2031"} <= labels
