"""Random talks: what a person might do at any moment, and what must hold after each turn."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from dialogs.conversation import Conversation
from dialogs.data import parse
from dialogs.flow import Talk
from dialogs.questions import Question, nothing, questions
from dialogs.rendering import LIMIT, wechat
from dialogs.reply import Choice, Reply
from dialogs.sensitive import askable
from dialogs.transcript import Talker
from dialogs.utterance import Chosen, Followed, Said, Sent, Utterance
from scoring import Ruleset, estimate, load_ruleset
from tests.conversations.desk import Desk

RULES = load_ruleset("yongjia-2022")
START = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
ADDRESS = "https://jifen.example.cn"

LINES: dict[str, list[str]] = parse(
    Path(__file__).with_name("walks.yaml").read_text(encoding="utf-8")
)
GARBAGE = (*LINES["garbage"], "啊" * 3000, "\ud800")
KINDS = ("image", "voice", "video", "shortvideo", "location", "link", "file", "unknown")
KEYS = ("start", "result", "book", "help", "my_data", "nonsense", "appointment", "details", "reach")


class Walk:
    """One random talk. `step()` does something and checks the reply."""

    def __init__(self, seed: int, rules: Ruleset = RULES) -> None:
        self.random = Random(seed)
        self.talker = Talker(rules, START, Desk())
        self.done: list[Utterance | timedelta] = []
        self.last: Reply = self.say(Followed())

    @property
    def conversation(self) -> Conversation:
        return self.talker.conversation

    def say(self, utterance: Utterance) -> Reply:
        """The checked reply to an utterance."""
        self.done.append(utterance)
        reply = self.last = self.talker.hear(utterance)
        assert reply.text.strip()
        shown = wechat(reply, ADDRESS)
        assert len(shown.encode()) <= LIMIT
        assert "]]>" not in shown
        assert "！" not in shown
        assert re.sub(r"</?a\b[^<>]*>", "", shown).count("<") == 0
        assert [c for c in map(ord, shown) if c < 32 and c != 10] == []
        return reply

    def step(self) -> None:
        """One random thing."""
        if self.random.random() < 0.06:
            pause = self.random.choice([timedelta(minutes=31), timedelta(days=7)])
            self.talker.now += pause
            self.done.append(pause)
        self.say(self.utterance())

    def utterance(self) -> Utterance:
        roll = self.random.random()
        pick = self.random.choice
        if roll < 0.4 and self.last.choices:
            return self.answered(pick(self.last.choices))
        if roll < 0.65:
            return Said(pick(LINES["answers"]))
        if roll < 0.78:
            return Said(pick(LINES["words"]))
        if roll < 0.84:
            return Said(pick(LINES["questions"]))
        if roll < 0.9:
            return Said(pick(GARBAGE))
        if roll < 0.94 and self.talker.bubbles:
            old = pick(self.talker.bubbles)
            return Said(old.label, tap=old.tap)
        if roll < 0.96:
            return Said(
                "大专", tap=pick(["education.0.bachelor", "x", "a.b.c.d", "county.1.", "."])
            )
        if roll < 0.98:
            return Sent(pick(KINDS), 28.15, 120.69)
        return Followed("qrscene") if roll < 0.985 else Chosen(pick(KEYS))

    def answered(self, choice: Choice) -> Said:
        """A choice tapped, numbered or named."""
        roll = self.random.random()
        if roll < 0.5:
            return Said(choice.label, tap=choice.tap)
        return Said(str(choice.number) if choice.number and roll < 0.8 else choice.label)

    def finish(self) -> None:
        """To the result by answering nothing more: nobody is ever stuck."""
        for word in ("开始", "同意", "结果"):
            self.say(Said(word))
        for _ in range(60):
            if self.conversation.top.flow == "result" and not self.offers("word.resume"):
                return
            self.say(Said("继续" if self.conversation.top.flow == "result" else "跳过"))
        raise AssertionError(f"stuck at {self.conversation.top}")

    def offers(self, tap: str) -> bool:
        return any(choice.tap == tap for choice in self.last.choices)

    def shown_answers(self) -> dict[str, str]:
        """What 修改 shows: question id → answer."""
        found: dict[str, str] = {}
        self.say(Said("修改"))
        while True:
            for choice in self.last.choices:
                if choice.tap.startswith("change.") and choice.key not in ("more", "back"):
                    found[choice.key] = choice.label.partition("：")[2]
            if not self.offers("change.more"):
                return found
            self.say(Said("下一页"))


def facts_of(shown: dict[str, str], conversation: Conversation) -> dict[str, object]:
    """The facts that a list of answers tells, read without the engine. What was left open is
    unknown, also where its line of a list was never shown."""
    talk = Talk(conversation, START, RULES)
    facts: dict[str, object] = {}
    for id, told in shown.items():
        if told != "没填":
            facts.update(_facts(askable(talk, id), told))
    for id in (id for id, told in shown.items() if told == "没填"):
        for fact in questions()[id].facts:
            facts.pop(fact, None)
    return facts


def _facts(question: Question, told: str) -> Iterator[tuple[str, object]]:
    named = [] if told == "没有" else told.split("、")
    if question.ticks:
        yield from _ticks(question, told)
    elif question.fields:
        numbers = dict(part.split(" ")[:2] for part in named if part != "其余没填")
        for fact, field in question.fields.items():
            if field.label in numbers or "其余没填" not in named:
                yield fact, int(numbers.get(field.label, 0))
    elif question.kind == "date":
        year, month, day = re.findall(r"(\d+)年(\d+)月(?:(\d+)日)?", told)[0]
        yield question.facts[0], date(int(year), int(month), int(day or 1)).isoformat()
    elif question.kind:
        yield question.facts[0], 0 if told == "没有" else int(told.split(" ")[0])
    elif question.several:
        labels = {choice.label: key for key, choice in question.choices.items()}
        yield question.facts[0], [labels[label] for label in named]
    else:
        yield from _choice(question, told)


def _ticks(question: Question, told: str) -> Iterator[tuple[str, object]]:
    for tick in question.ticks.values():
        on = bool(re.search(rf"(?:^|[、；]){re.escape(tick.label)}", told))
        if "其余没填" in told and not on:
            continue
        if tick.sets:
            yield tick.sets, on
        elif tick.opens and not on:
            for fact in questions()[tick.opens].facts:
                yield fact, nothing(fact)


def _choice(question: Question, told: str) -> Iterator[tuple[str, object]]:
    for key, choice in question.choices.items():
        if told == (choice.label if choice.told is None else choice.told or "没有"):
            yield from choice.facts.items() or [(question.facts[0], key)]
            return
    raise AssertionError(f"{question.id} cannot mean {told}")


def told_points(text: str) -> tuple[str, ...]:
    """估算 66 分（可能 66～76.5 分） → ("66", "66", "76.5"); none where nothing was answered."""
    if "先不给分数" in text:
        return ()
    found = re.search(r"估算 ([\d.]+) 分(?:（\D*([\d.]+)～(\S+) 分）)?", text)
    assert found, text
    return found[1], found[2] or found[1], found[3] or found[1]


def expected_points(rules: Ruleset, facts: dict[str, object], on: date) -> tuple[str, ...]:
    """The same three from the rules alone."""
    if rules.at(on).counted.isdisjoint(facts):
        return ()
    result = estimate(rules, facts, on=on)
    return tuple(
        f"{one.normalize():f}" if one.is_finite() else "不封顶"
        for one in (result.points, result.low, result.high)
    )
