"""Browsers of offices: Chromium 86 and later. What the console's pages need is no younger."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
STATIC, TEMPLATES = ROOT / "bot" / "static", ROOT / "templates" / "staff"
SCRIPTS = [STATIC / "site.js", STATIC / "staff.js"]
SHEETS = [STATIC / "site.css", STATIC / "staff.css"]
# What came after version 86, and is needed where it stands: first version → how it is written.
LATER_SCRIPT = {
    "at(), 92": r"\.at\(", "structuredClone, 98": "structuredClone", "findLast, 97": "findLast",
    "hasOwn, 93": r"Object\.hasOwn",
    "static blocks, 94": r"\bstatic\s*\{", "private checks, 91": r"#\w+ in ",
    "toSorted, 110": r"\.to(?:Sorted|Reversed|Spliced)\(", "groupBy, 117": r"\.groupBy\(",
    "regular expressions with v, 112": r"/[gimsuy]*v[gimsuy]*\b(?=[.,;)])",
    "checkVisibility, 105": r"checkVisibility", "popover, 114": r"showPopover",
}  # fmt: skip
LATER_SHEET = {
    ":has, 105": r":has\(", ":is, 88": r":is\(", ":where, 88": r":where\(",
    "inset, 87": r"(?<![\w-])inset\s*:", "nesting, 112": r"\{[^{}]*&",
    "container, 105": "@container", "layers, 99": "@layer", "dvh, 108": r"\d[dsl]v[hw]\b",
    "subgrid, 117": "subgrid",
    "ranges of media, 104": r"@media[^{]*[<>]", "color-mix, 111": r"color-mix\(",
    "nth of, 111": r":nth-child\([^)]* of ",
}  # fmt: skip
LATER_PAGE = {"inert, 102": r"<[^>]*\sinert[\s>]", "popover, 114": r"<[^>]*\spopover[\s=>]",
              "search element, 118": r"<search[\s>]"}  # fmt: skip


def found(files: list[Path], later: dict[str, str]) -> list[str]:
    return [
        f"{file.name}: {what}"
        for file in files
        for what, pattern in later.items()
        if re.search(pattern, re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.DOTALL))
    ]


def test_scripts_and_sheets_need_nothing_younger() -> None:
    assert found(SCRIPTS, LATER_SCRIPT) == []
    assert found(SHEETS, LATER_SHEET) == []
    assert found(sorted(TEMPLATES.glob("*.html")), LATER_PAGE) == []


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("list.at(-1)", LATER_SCRIPT), ("x = structuredClone(y)", LATER_SCRIPT),
        ("a:has(b) {}", LATER_SHEET), ("p { inset: 0; }", LATER_SHEET),
        ("@media (width < 40em) {}", LATER_SHEET), ("p { height: 100dvh; }", LATER_SHEET),
        ("<div inert>", LATER_PAGE),
    ],
)  # fmt: skip
def test_what_is_younger_is_found(tmp_path: Path, text: str, later: dict[str, str]) -> None:
    file = tmp_path / "file"
    file.write_text(text, "utf-8")
    assert found([file], later)
