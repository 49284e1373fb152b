"""What is checked of every page: nothing sticks out, nothing that axe-core calls serious."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".scroll"))
    .map(one => one.outerHTML.slice(0, 120)).slice(0, 5)"""
SMALL = """() => [...document.querySelectorAll("button, .button, select, input")]
    .filter(one => one.offsetParent && one.getBoundingClientRect().height < 24)
    .map(one => one.outerHTML.slice(0, 120)).slice(0, 5)"""


def faults(page: Page) -> list[str]:
    """Everything wrong with the page as it stands."""
    found = [f"sticks out: {one}" for one in page.evaluate(TOO_WIDE)]
    found += [f"too small: {one}" for one in page.evaluate(SMALL)]
    violations = Axe().run(page).response["violations"]
    found += [
        f"{one['id']} ({one['impact']}): {node['html'][:120]}"
        for one in violations
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
    return found
