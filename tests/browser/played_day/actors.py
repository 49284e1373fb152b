"""Who plays the day: three clerks, a person at the door, and the screen in the hall. Each is a
browser of its own; all act at the same time, on a clock that runs faster than the real one."""

import asyncio
import random
import re
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from playwright.async_api import Browser, BrowserContext, Error, Page

from tests.browser.played_day.hall_replay import Screen

DAY = "/staff/sites/oubei"
A_LOOK = 0.4  # seconds between two looks of one who waits
A_WHILE = timedelta(minutes=12)
_NUMBER = re.compile(r"([A-Z]\d+)\s*(.*?)(?:号窗口)?$")


@dataclass(frozen=True)
class Fast:
    """A clock that starts at `begins` and runs `speed` times as fast as the real one."""

    begins: datetime
    speed: float
    started: float = field(default_factory=time.monotonic)

    def __call__(self) -> datetime:
        return self.begins + timedelta(seconds=(time.monotonic() - self.started) * self.speed)

    async def until(self, moment: datetime) -> None:
        """Wait for a moment of its day."""
        while (left := (moment - self()).total_seconds()) > 0:
            await asyncio.sleep(min(left / self.speed, 1))


@dataclass(frozen=True)
class Guest:
    """Who comes when: with a code, or without an appointment for a purpose (`walk_in`)."""

    comes_at: datetime
    code: str = ""
    walk_in: str = ""


async def browser_of(browser: Browser, root: str, token: str = "") -> BrowserContext:
    """A browser that is signed in with the token of a session."""
    context = await browser.new_context(
        base_url=root, locale="zh-CN", viewport={"width": 1280, "height": 800}
    )
    if token:
        cookie = {"name": "staff_session", "value": token, "url": f"{root}/"}
        await context.add_cookies([cookie])  # type: ignore[list-item]
    return context


async def at_the_desk(page: Page, clock: Fast, until: datetime) -> None:
    """Wait for a moment, and look at the day now and then: who does nothing is signed out."""
    while (left := until - clock()) > timedelta(0):
        await clock.until(clock() + min(left, A_WHILE))
        await page.goto(DAY)


async def door(page: Page, clock: Fast, guests: list[Guest]) -> None:
    """Check everybody in as they come: the code and Enter, or a number by one tap."""
    await page.goto(DAY)
    for guest in sorted(guests, key=lambda one: one.comes_at):
        await at_the_desk(page, clock, guest.comes_at)
        if guest.code:
            await _check_in(page, guest.code)
        else:
            async with page.expect_navigation():
                await page.locator(f"#queue button[value={guest.walk_in}]").click()


async def _check_in(page: Page, code: str) -> None:
    for _ in range(2):  # the same code once more changes nothing
        try:
            await page.get_by_label("签到码", exact=True).fill(code)
            async with page.expect_navigation():
                await page.keyboard.press("Enter")
            return
        except Error:  # the browser gave a page up for the next one
            await page.goto(DAY)


@dataclass
class Clerk:
    """Calls, serves and finishes; now and then calls once more, or passes who does not come."""

    page: Page
    clock: Fast
    window: str
    luck: random.Random
    served: int = 0
    sent: list[str] = field(default_factory=list)
    """Addresses of the worksheets that were sent."""

    async def sit(self) -> None:
        await self.page.goto(DAY)
        await self._click(f"#queue button[name=window][value='{self.window}']")

    async def work(self, until: datetime, to_the_last: bool = False) -> None:
        """Until the moment, and then `to_the_last` of those who wait."""
        while self.clock() < until or (to_the_last and await self._waiting()):
            if not await self._one():
                await asyncio.sleep(A_LOOK)
                await self.page.goto(DAY)

    async def break_down(self, to: str, until: datetime) -> None:
        """The window fails while a person sits there: they go on to another one, and nobody is
        called here until it works again."""
        while not await self._called():
            await self._next()
        await self._start()
        await self.page.goto(DAY)
        await self._click(f"button[aria-label$='转到 {to} 号']")
        await self._click("button[name=pause][value='1']")
        await at_the_desk(self.page, self.clock, until)
        await self._click("button[name=pause][value='0']")

    async def _one(self) -> bool:
        """One person from the call to the end; False where nobody waits."""
        if not await self._called() and not await self._next():
            return False
        if self.luck.random() < 0.05:
            await self._click("button[aria-label$='重呼']", must=False)
        if self.luck.random() < 0.04:
            await self._click(".called button[value=passed]")
            return True
        await self._start()
        await self._finish()
        self.served += 1
        return True

    async def _next(self) -> bool:
        await self._click("button.next")
        return await self._called()

    async def _start(self) -> None:
        await self._click(".called button[value=serving]")

    async def _finish(self) -> None:
        if "/review" not in self.page.url:
            row = self.page.locator("tr", has_text="您在办")
            async with self.page.expect_navigation():
                await row.locator("button[value=served]").first.click()
            return
        await self._fill_in("1994-11-23")
        self.sent.append(self.page.url.partition("?")[0].removesuffix("#told"))
        await self._click("button[name=send][value='1']")
        await self.page.goto(DAY)

    async def put_right(self, address: str) -> None:
        """A result was wrong: it is taken back, corrected, and sent again."""
        await self.page.goto(address)
        async with self.page.expect_navigation():
            await self.page.get_by_role("button", name="结果错了，更正").click()
        await self._fill_in("1990-11-23")
        await self._click("button[name=send][value='1']")

    async def _fill_in(self, birth: str) -> None:
        await self.page.evaluate(
            "for (const one of document.querySelectorAll('main details')) { one.open = true; }"
        )
        await self.page.locator("[name=fact-birth_date]").fill(birth)

    async def close(self, closes: str, reason: str) -> None:
        """Close the township from now until `closes`, after the preview was seen."""
        await self.page.goto(f"{DAY}/today")
        await self.page.get_by_label("原因（会告诉市民）").fill(reason)
        await self.page.get_by_label("到几点（停到下班不填）").fill(closes)
        async with self.page.expect_navigation():
            await self.page.get_by_role("button", name="先看影响").click()
        async with self.page.expect_navigation():
            await self.page.get_by_role("button", name="确定改").click()

    async def settle_affected(self) -> None:
        """Everybody whom the closure hit was called on the telephone."""
        await self.page.goto("/staff/affected")
        while await self.page.locator("button[aria-label$='已联系好']").count():
            await self._click("button[aria-label$='已联系好']")

    async def settle_day(self) -> None:
        """The end of the day: who did not come is noted."""
        await self.page.goto(f"{DAY}/day-end")
        while await self.page.locator("main form[method=post] button").count():
            await self._click("main form[method=post] button")

    async def _called(self) -> bool:
        return bool(await self.page.locator(".called button[value=serving]").count())

    async def _waiting(self) -> bool:
        return "（" in await self.page.locator("button.next").inner_text()

    async def _click(self, selector: str, must: bool = True) -> None:
        button = self.page.locator(selector).first
        if must or await button.count():
            async with self.page.expect_navigation():
                await button.click()


async def screen_of(page: Page, address: str) -> Screen:
    """What the display shows now."""
    await page.goto(address)
    shown = await page.evaluate(
        """() => {
          const texts = (selector) => [...document.querySelectorAll(selector)]
            .map(one => one.innerText.trim());
          return [texts('.call'), texts('.then ul:not(.wait) li'), texts('.wait li'),
                  texts('.paused')];
        }"""
    )
    called, serving, waiting, paused = shown
    more = [int(re.sub(r"\D", "", one)) for one in waiting if one.startswith("还有")]
    return Screen(
        [_place(one) for one in called],
        [_place(one) for one in serving],
        [one for one in waiting if not one.startswith("还有")],
        sum(more),
        [re.sub(r"\D", "", one) for one in paused],
    )


def _place(text: str) -> tuple[str, str]:
    found = _NUMBER.match(" ".join(text.split()))
    assert found, text
    return found[1], re.sub(r"\D", "", found[2])
