"""Draws the picture that WeChat shows beside a shared link: `python -m tests.share_picture`.

It is the same for every county and every person, so that nothing of anyone can be in it.
"""

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURE = Path(__file__).parents[1] / "bot" / "static" / "share.png"
SIDE = 300
"""Pixels; WeChat takes no picture below 300."""
DRAWN = f"""
<style>
  body {{ margin: 0; width: {SIDE}px; height: {SIDE}px; background: #0b5345; color: #fff;
    font-family: "Noto Sans CJK SC", sans-serif; font-weight: 700; text-align: center; }}
  svg {{ display: block; margin: 0 auto; padding-top: 33px; }}
  p {{ margin: 0; font-size: 46px; line-height: 1.4; }}
  p + p {{ font-size: 27px; }}
</style>
<svg width="112" height="98" viewBox="6 6 20 20">
  <path d="M8 24V14M16 24V8m8 16V18" stroke="#fff" stroke-width="4" stroke-linecap="round"/></svg>
<p>新市民积分</p><p>算一算，有多少分</p>
"""


def draw() -> bytes:
    """The picture as PNG."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": SIDE, "height": SIDE})
        page.set_content(DRAWN)
        picture = page.screenshot()
        browser.close()
    return picture


if __name__ == "__main__":
    PICTURE.write_bytes(draw())
