"""What was acknowledged, laid beside what the database has."""

import json
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select
from sqlmodel import col

from bot.models import ConversationRow
from bot.sealing.keyring import Keyring
from bot.service import Service
from bot.store import REPLY, TALK, profiles_in
from bot.turns import receipt_for
from bot.wechat.message import message_from
from bot.wechat.xml import read
from tests.bot.crash.ledger import ACTIVE, disagreements
from tests.bot.crash.stages import Rows, stage_of
from tests.bot.long_day.line import Message
from tests.bot.long_day.town import Clerk, Person, founded
from tests.bot.setting_up import NOW, settings_for
from tests.bot.web import Watch
from tests.bot.wechat.platform import Platform

SAMPLE = 150  # people who are replayed
Talk = tuple[int, Any]


@dataclass
class Books:
    """Of one database. `lost` was acknowledged and is not there as it was said; `doubled` is there
    more often; `told` was to be said again, and is there; `odd` is what disagrees in itself."""

    service: Service
    people: list[Person]
    clerk: Clerk | None
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    replayed: int = 0

    def compare(self, folder: Path) -> None:
        """All of it; a sample of the people is replayed in `folder`, without any fault. Raises
        DamageError where the database is not sound."""
        stage, keys = (
            stage_of(self.service.settings.database_url),
            Keyring.of(self.service.settings),
        )
        rows = stage.rows()
        self.odd += disagreements(rows)
        kept = {row["key"]: row["reply"] for row in rows["deliveries"]}
        known: dict[str, list[Message]] = {}
        for person in self.people:
            found = [(self._key(one), one) for one in person.messages]
            known[person.name] = [one for key, one in found if key in kept]
            for key, one in found:
                if one.is_told and key in kept:
                    self.told.append(f"{one.person}: {one.said}")
                elif one.is_kept and one.matters and key not in kept:
                    self.lost.append(f"{one.person}: {one.said}")
                elif person.has_left or not (one.is_kept and one.reply):
                    continue  # there is nothing to compare
                elif keys.open(REPLY, key, kept[key]) != one.reply:
                    self.lost.append(f"{one.person}: the reply to {one.said}")
        self._appointments(rows)
        self._leavers(rows)
        self._window(rows)
        self._replay(rows, known, keys, folder)

    def _key(self, message: Message) -> str:
        identity = message_from(read(message.body.encode())).identity
        return receipt_for(self.service, message.person, identity).key

    def _appointments(self, rows: Rows) -> None:
        """Of the people who are sure of what they have."""
        slots = {row["id"]: row for row in rows["slots"]}
        has: Counter[tuple[str, int]] = Counter()
        for row in rows["appointments"]:
            if row["person"] and row["state"] in ACTIVE:
                has[row["person"], _hour(slots[row["slot"]]["starts_at"])] += 1
        found = dict(has.keys())
        for person in self.people:
            hour = int(person.hour[:-1]) if person.hour else None
            if not person.has_left and _is_sure(person) and found.get(person.name) != hour:
                at = found.get(person.name)
                self.lost.append(f"{person.name}: knows of {hour}, there is {at}")
        self.doubled += [f"{name}: {n} appointments" for (name, _), n in has.items() if n > 1]

    def _leavers(self, rows: Rows) -> None:
        gone = {one.name for one in self.people if one.has_left and one.messages[-1].is_kept}
        for name in ("conversations", "deliveries", "appointments", "page_sessions"):
            there = {row["person"] for row in rows[name]} & gone
            self.lost += [f"{person} left, and is in {name}" for person in there]

    def _window(self, rows: Rows) -> None:
        if self.clerk is None:
            return
        given, most = len(rows["tickets"]), self.clerk.given + self.clerk.unsure
        if given < self.clerk.given:
            self.lost.append(f"{self.clerk.given} numbers given, {given} there")
        if given > most:
            self.doubled.append(f"{most} numbers given at most, {given} there")
        states = {row["id"]: row["state"] for row in rows["appointments"]}
        for number in self.clerk.served:
            if states.get(number) != "served":
                self.lost.append(f"{number} is served, and there {states.get(number)}")

    def _replay(
        self, rows: Rows, known: Mapping[str, list[Message]], keys: Keyring, folder: Path
    ) -> None:
        """What is kept of each, written once more on a quiet day, leads to the same talk."""
        watch = Watch()
        app = founded(settings_for(folder), watch)
        platform = Platform(app.test_client(), self.service.settings, 0)
        staying = [one for one in self.people if one.messages and not one.has_left]
        sample = random.Random(1).sample(staying, min(SAMPLE, len(staying)))
        engine, held = app.extensions["xinshimin"].engine, Counter[str]()
        for person in sample:
            for message in known[person.name]:
                created = int(str(read(message.body.encode())["CreateTime"]))
                platform.now = created
                watch.now = datetime.fromtimestamp(created, NOW.tzinfo)
                platform.post(message.body, message.mode)
                held[person.name] += _holds_something(engine, person.name)
        engine.dispose()
        again = stage_of(f"sqlite:///{folder / 'service.db'}").rows()
        first, second = _talks(rows, keys), _talks(again, keys)
        for person in sample:
            self.replayed += 1
            here, there = first.get(person.name), second.get(person.name)
            if not _agree(here, there, held[person.name]):
                wrong = self.doubled if here and there and here[0] > there[0] else self.lost
                wrong.append(f"{person.name}: {here}, on a quiet day {there}")


def _holds_something(engine: Engine, person: str) -> bool:
    """Whether something said before the consent is held for this person."""
    mine = col(ConversationRow.person) == person, col(ConversationRow.early_until).is_not(None)
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).where(*mine)) == 1


def _agree(here: Talk | None, there: Talk | None, held: int) -> bool:
    """The same facts after as many turns. The worker deletes what is held before the consent when
    its time is over, and that counts as a turn: on a quiet day there is no worker. It may have done
    so after each message that left something held."""
    if here is None or there is None:
        return here == there
    return here[1] == there[1] and 0 <= here[0] - there[0] <= held


def _talks(rows: Rows, keys: Keyring) -> dict[str, Talk]:
    """Version and facts, by person."""
    return {
        row["person"]: (
            row["version"],
            profiles_in(json.loads(keys.open(TALK, row["person"], row["talk"]))),
        )
        for row in rows["conversations"]
    }


def _is_sure(person: Person) -> bool:
    """Whether each of their messages was answered, or refused, for certain."""
    return all(one.is_kept or one.is_told for one in person.messages)


def _hour(moment: Any) -> int:
    """On the wall, of a moment as the database writes it (UTC)."""
    at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return (at.hour + 8) % 24
