"""What is checked of every page, as a phone and a desk show it: nothing sticks out, nothing that
axe-core calls serious."""

from itertools import chain
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 800}
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".scroll"))
    .map(one => one.outerHTML.slice(0, 120)).slice(0, 5)"""
SMALL = """() => [...document.querySelectorAll("button, .button, select, input")]
    .filter(one => one.offsetParent && one.getBoundingClientRect().height < 24)
    .map(one => one.outerHTML.slice(0, 120)).slice(0, 5)"""
AXE = "options => axe.run(options).then(found => found.violations)"
VIOLATIONS: dict[str, Any] = {"resultTypes": ["violations"]}
NO_COLOURS = VIOLATIONS | {"rules": {"color-contrast": {"enabled": False}}}
"""Half of axe-core's time goes into colours, which are the same at every size."""


def faults(page: Page) -> list[str]:
    """Everything wrong with the page as it stands, in both sizes."""
    size = page.viewport_size or PHONE
    page.evaluate(AXE_SCRIPT)
    found = [*_at(page, DESK, NO_COLOURS), *_at(page, PHONE, VIOLATIONS)]
    page.set_viewport_size(size)
    return found


def _at(page: Page, size: ViewportSize, options: dict[str, Any]) -> list[str]:
    page.set_viewport_size(size)
    violations = [
        one for one in page.evaluate(AXE, options) if one["impact"] in ("serious", "critical")
    ]
    return [
        f"{size['width']} wide: {fault}"
        for fault in chain(
            (f"sticks out: {one}" for one in page.evaluate(TOO_WIDE)),
            (f"too small: {one}" for one in page.evaluate(SMALL)),
            (
                f"{one['id']} ({one['impact']}): {node['html'][:120]}"
                for one in violations
                for node in one["nodes"]
            ),
        )
    ]
