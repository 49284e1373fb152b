"""Whatever each way answers, in every combination: a notice is taken once, and after an answer that
leaves it open no way is tried again."""

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import product

from bot.booking.contacts import of_contact
from bot.booking.tables import appointments
from bot.database import writing
from bot.outbox import consent, posting
from bot.outbox.answers import Answer, Impossible, Later, Refused, Sent, Unsure
from bot.outbox.sending import HeldUpError, send_due
from bot.outbox.wording import load_notices
from bot.store import Receipt, State, Store
from tests.bot.booking.desk import make_slot
from tests.bot.outbox.conftest import NOW, TEMPLATE, Clock, consenting
from tests.bot.outbox.test_sending import rows

WAYS = ("subscribe", "custom", "sms")
FIRST: dict[str, Answer] = {
    "sent": Sent("1"),
    "refused": Refused("43101"),
    "impossible": Impossible("47003"),
    "later": Later("-1 busy"),
    "held up": Later("45009 quota", all=True),
    "broken": Unsure("ReadTimeout"),  # only where a second one would arrive twice
}
ANSWERS = {
    "subscribe": ("sent", "refused", "later", "held up"),
    "custom": ("sent", "impossible", "later", "broken"),
    "sms": ("sent", "impossible", "held up", "broken"),
}
MOST_ROUNDS = 99  # one notice a round holds up its way
CASES = list(product(*(ANSWERS[way] for way in WAYS)))


@dataclass
class Scripted:
    """A way that answers the first time as the person's name says, and later takes everything."""

    way: str
    repeatable: bool
    whose: dict[str, str]  # by telephone
    asked: dict[str, list[tuple[str, Answer]]] = field(default_factory=dict)

    def prepare(self) -> Later | None:
        return None

    def send(self, key: str, to: str, kind: str, words: dict[str, str]) -> Answer:
        person = self.whose.get(to, to)
        before = [way for way, _ in self.asked[person] if way == self.way]
        script = dict(zip(WAYS, person.split("/"), strict=True))[self.way]
        answer = Sent("2") if before else FIRST[script]
        self.asked[person].append((self.way, answer))
        return answer


def everyone(engine) -> dict[str, str]:
    """A person for each case, whom every way could reach; by telephone."""
    phones = {f"1380013{number:04}": "/".join(case) for number, case in enumerate(CASES)}
    store = Store(engine.dialect)
    with writing(engine) as connection:
        slot, cursor = make_slot(connection), connection.connection.cursor()
        for number, (phone, person) in enumerate(phones.items(), 1):
            row = {"id": number, "person": person, "slot": slot, "state": "booked"}
            row |= {"code": "1", "purpose": "review", "reminders": False, "source": "chat"}
            row |= {"created_at": NOW, "phone_agreed_at": NOW, "changes": 0}
            connection.execute(
                appointments.insert().values(row | of_contact(connection, number, phone=phone))
            )
            consent.grant(connection, person, TEMPLATE, lasting=True, now=NOW)
            receipt = Receipt(person, person)
            assert store.keep(cursor, receipt, None, 0, State("{}", None), "", NOW)
            words = {"site": "瓯北街道"}
            posting.post(connection, person, "moved", words, now=NOW, appointment=number)
    return phones


def test_a_notice_is_taken_once(settings, tmp_path, engine) -> None:
    wording = load_notices(consenting(settings, tmp_path, "long_term").notices)
    phones, clock = everyone(engine), Clock(NOW)
    asked: dict[str, list[tuple[str, Answer]]] = defaultdict(list)
    channels = {way: Scripted(way, way == "subscribe", phones, asked) for way in WAYS}
    for _ in range(MOST_ROUNDS):
        with suppress(HeldUpError):
            send_due(engine, channels, wording, clock)
        clock.pass_(minutes=20)
        if all(row.state != "waiting" for row in rows(engine)):
            break
    ended = {row.person: (row.state, row.way) for row in rows(engine)}
    assert set(ended) == set(phones.values())
    for person, answers in asked.items():
        _check(person, answers, ended[person])
    assert len(asked) == len(CASES)


def _check(person: str, answers: list[tuple[str, Answer]], ended: tuple[str, str | None]) -> None:
    maybe_out = [way for way, answer in answers if isinstance(answer, (Sent, Unsure))]
    assert len(maybe_out) <= 1, (person, answers)
    order = [WAYS.index(way) for way, _ in answers]
    assert order == sorted(order), (person, answers)  # never back to a way that was left
    last_way, last = answers[-1]
    if isinstance(last, Sent):
        assert ended == ("delivered", last_way), person
    elif isinstance(last, Unsure):
        assert ended == ("failed", last_way), person
    else:
        assert ended[0] in ("refused", "failed"), person
        assert last_way == "sms", (person, answers)  # all were tried before it was given up
