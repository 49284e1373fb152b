"""People who write, book, change, cancel, look at pages and leave; and a clerk at a window."""

import http.client
import itertools
import random
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from datetime import time as clock_time
from functools import partial
from urllib.parse import urlencode

from flask import Flask

from bot import create_app
from bot.booking import changes
from bot.booking.calendar import Hours, WeeklyRule
from bot.booking.holidays import load_special_days
from bot.clock import Clock
from bot.database import writing
from bot.service import Service
from bot.settings import Settings
from dialogs.booking.purposes import PURPOSES
from tests.bot.long_day.line import Endpoint, Line, Message, connection_to
from tests.bot.setting_up import NOW, migrated
from tests.bot.staff.office import DAY
from tests.bot.web import HOST, STAFF_SESSION, TOKEN, signed_in
from tests.bot.wechat.platform import ACCOUNT, xml

PEOPLE = 2000
AT_ONCE = 8
PAUSE = 0.1  # seconds between a reply and the next message of a person
ENCRYPTED = 0.05  # of the messages
REPEATED = 0.05
SESSION = "__Host-session"
COOKIE = re.compile(r"([^;=\s]+)=([^;]*)")
CALLED = re.compile(r"/appointments/(\d+)/recall")
FIRST = ("1", "1", "1990年5月", "大专")
ASKED = ("大专有几分", "材料", "结果", "三级", "42个月", "学历改成本科", "怎么算分", "约住住住z")
HOURS = ("9点", "10点", "14点")
BOOKED, MOVED, GONE = "约好了", "改好了", "取消了"
PAGES = ("/", "/rules", "/appointments", "/sheet", "/estimate")
PURPOSE = next(one for one in PURPOSES if one != "review")  # without a worksheet
FOUND, DONE = http.client.FOUND, "#here"  # after a form; after the last step
CLERK_PAUSE = 2.2  # seconds; of two taps within two the second does nothing


def founded(settings: Settings, clock: Clock) -> Flask:
    """The application on a new database, where the town's office is open."""
    migrated(settings).dispose()
    app = create_app(settings, clock)
    open_town(app.extensions["xinshimin"])
    return app


def open_town(service: Service) -> None:
    """Hours today and tomorrow, with a place for each."""
    hours = Hours(clock_time(8), clock_time(18), "1", 60, 5000)
    with writing(service.engine) as connection:
        load_special_days(connection, NOW.year)
        for weekday in (1, 2):
            rule = WeeklyRule(weekday, hours, date(2026, 11, 1))
            early = NOW - timedelta(hours=3)
            changes.apply(connection, changes.AddWeeklyRule("oubei", rule), early)


@dataclass
class Person:
    """One of the town. `messages` in the order in which they were written."""

    name: str
    messages: list[Message] = field(default_factory=list)
    has_left: bool = False
    hour: str = ""  # of the appointment that they know of
    cookie: str = ""


@dataclass
class Town:
    """Its people, in so many threads, over one line; `app`: where pages sign them in."""

    line: Line
    app: Flask
    people: list[Person] = field(
        default_factory=lambda: [Person(f"o{number:027d}") for number in range(PEOPLE)]
    )
    pages: "defaultdict[int, int]" = field(default_factory=lambda: defaultdict(int))
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(10**15))

    @contextmanager
    def living(self, *beside: Callable[[threading.Event], None]) -> Iterator[None]:
        """The people visit the service meanwhile; what is done `beside` is told when it is over."""
        over = threading.Event()
        streets = [partial(self._street, number) for number in range(AT_ONCE)]
        acts: list[Callable[[threading.Event], None]] = [*streets, self._repeat, *beside]
        threads = [threading.Thread(target=act, args=(over,)) for act in acts]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            over.set()
            for thread in threads:
                thread.join()

    def _street(self, number: int, over: threading.Event) -> None:
        """First everybody once, then anybody."""
        mine, dice = self.people[number::AT_ONCE], random.Random(number)
        for person in itertools.chain(mine, iter(lambda: dice.choice(mine), None)):
            if over.is_set():
                return
            if not person.has_left:
                self._visit(person, dice, over)

    def _repeat(self, over: threading.Event) -> None:
        while not over.wait(1):
            self.line.repeat()
        self.line.repeat(all_of_them=True)

    def _visit(self, person: Person, dice: random.Random, over: threading.Event) -> None:
        say: Callable[..., str] = lambda *said: self._say(person, dice, over, *said)  # noqa: E731
        if not person.messages:
            self._send(person, dice, "", MsgType="event", Event="subscribe", EventKey="")
            say(*FIRST[: dice.randint(1, len(FIRST))])
        kind = dice.choices(("ask", "book", "look", "event", "leave"), (30, 40, 20, 5, 2))[0]
        if kind == "ask":
            say(*dice.sample(ASKED, 2))
        elif kind == "book":
            self._book(person, dice, say)
        elif kind == "look":
            self._look(person, dice)
        elif kind == "event":
            look = {"MsgType": "event", "Event": "VIEW", "EventKey": "https://a/"}
            self._send(person, dice, "", **look).matters = False
        else:
            self._send(person, dice, "", MsgType="event", Event="unsubscribe", EventKey="")
            person.has_left = True

    def _book(self, person: Person, dice: random.Random, say: Callable[..., str]) -> None:
        """Where they have none, otherwise they move or cancel it."""
        other = dice.choice([hour for hour in HOURS if hour != person.hour])
        if not person.hour:
            reply = say("退出", "预约", "瓯北", "明天", other, "1", "不用提醒")
        elif dice.random() < 0.5:
            reply = say("改时间", "明天", other, "不用提醒")
        else:
            reply, other = say("取消预约", "是的"), ""
        if reply.startswith((BOOKED, MOVED, GONE)):
            person.hour = other

    def _say(self, person: Person, dice: random.Random, over: threading.Event, *said: str) -> str:
        """The last reply. What the person is asked to write again they write again."""
        reply = ""
        for text in said:
            while not over.is_set():
                fields = {"MsgType": "text", "Content": text, "MsgId": next(self._numbers)}
                message = self._send(person, dice, text, **fields)
                if message.is_kept:
                    reply = message.reply or ""
                    break
            time.sleep(PAUSE)
        return reply

    def _send(self, person: Person, dice: random.Random, said: str, **fields: object) -> Message:
        created = int(self.line.clock().timestamp())
        about = {"ToUserName": ACCOUNT, "FromUserName": person.name, "CreateTime": created}
        mode = "safe" if dice.random() < ENCRYPTED else "plain"
        body, again = xml(**about, **fields), dice.random() < REPEATED
        message = self.line.deliver(person.name, said, body, mode, again)
        person.messages.append(message)
        return message

    def _look(self, person: Person, dice: random.Random) -> None:
        if not person.cookie:
            person.cookie = signed_in(self.app, person.name).cookie(SESSION)
        visitor = Visitor(self.line.to, {SESSION: person.cookie})
        for path in dice.sample(PAGES, 2):
            self.pages[visitor.ask("GET", path).status] += 1


@dataclass
class Page:
    """What came over the line; `status` 0 where nothing did."""

    status: int = 0
    text: str = ""
    location: str = ""


@dataclass
class Visitor:
    """A browser over real connections. It keeps cookies, and the token of the last form."""

    to: Endpoint
    cookies: dict[str, str]
    token: str = ""

    def ask(self, method: str, path: str, **form: str) -> Page:
        """A form is sent with the token of the last one that was seen."""
        head = {"Host": HOST, "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        body = urlencode({"csrf_token": self.token, **form}) if method == "POST" else None
        if body is not None:
            head["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            with closing(connection_to(self.to)) as line:
                line.request(method, path, body, head)
                answer = line.getresponse()
                text = answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return Page()
        for given in answer.headers.get_all("Set-Cookie") or ():
            if found := COOKIE.match(given):
                self.cookies[found[1]] = found[2]
        if found := TOKEN.search(text):
            self.token = found[1]
        return Page(answer.status, text, answer.headers.get("Location", ""))


@dataclass
class Clerk:
    """Gives numbers, calls and serves at one window. `given` numbers were acknowledged, of `unsure`
    the answer was lost; `served` are appointments of which it was said that they are over."""

    to: Endpoint
    session: str
    given: int = 0
    unsure: int = 0
    served: list[int] = field(default_factory=list)

    def work(self, over: threading.Event) -> None:
        """Until it is over."""
        browser = Visitor(self.to, {STAFF_SESSION: self.session})
        browser.ask("GET", DAY)
        self._insist(browser, f"{DAY}/window", window="1")
        while not over.is_set():
            status = browser.ask("POST", f"{DAY}/walk-in", purpose=PURPOSE).status
            self.given += status == FOUND
            self.unsure += status != FOUND
            browser.ask("POST", f"{DAY}/next")
            for number in map(int, {*CALLED.findall(browser.ask("GET", DAY).text)}):
                step = f"{DAY}/appointments/{number}/step"
                self._insist(browser, step, state="serving")
                if self._insist(browser, step, state="served").location.endswith(DONE):
                    self.served.append(number)
            over.wait(CLERK_PAUSE)

    def _insist(self, browser: Visitor, path: str, **form: str) -> Page:
        """Until it is answered: to do it twice is to do it once."""
        while (page := browser.ask("POST", path, **form)).status != FOUND:
            time.sleep(PAUSE)
            browser.ask("GET", DAY)
        return page
