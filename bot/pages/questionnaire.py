"""The chat's questions as a form: the same data, the same readers of answers.

Every question may be left empty (unknown). A list that has something ticked says of its other lines
that they are not there; a list with nothing ticked says nothing at all.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from dialogs import consent_texts
from dialogs.agenda import learn
from dialogs.conversation import Conversation
from dialogs.language import Refused, Understood, parse
from dialogs.language.lexicon import any_of
from dialogs.language.recognisers.unnamed import BIRTH
from dialogs.language.text import clean
from dialogs.plausibility import impossible
from dialogs.questions import KINDS, Question, facts_behind, followers, needed, nothing
from dialogs.reading import DONE, Taken, facts_of, plain, read
from dialogs.sensitive import APART, SENSITIVE, lines, list_apart, without_sensitive
from dialogs.utterance import Said
from dialogs.young import young_among
from scoring import FACTS

LONGEST_ANSWER = 100
CONSENT, YES = "sensitive", "yes"  # the box of the consent to the sensitive questions
SEEN = "seen"  # names the follow-ups that stood open: unticked boxes send nothing

Form = MultiDict[str, str]
Read = dict[str, Any] | Refused


@dataclass(slots=True)
class Input:
    """One text field, or one group of radios or boxes, with what the person gave."""

    name: str
    given: tuple[str, ...]
    label: str = ""
    fault: Refused | None = None

    @property
    def text(self) -> str:
        return self.given[0] if self.given else ""


@dataclass(slots=True)
class Block:
    """One question on the page. `asked` is False for a follow-up that nothing opened so far;
    `opened_by` are the answers of its parent that open it."""

    question: Question
    inputs: list[Input]
    asked: bool = True
    opened_by: tuple[str, ...] = ()
    behind: str = ""
    """The name of the boxes that open it."""

    @property
    def style(self) -> str:
        """How it is answered: boxes, radios or text."""
        if self.question.ticks or self.question.several:
            return "boxes"
        return "radios" if self.question.choices and not self.question.kind else "text"

    @property
    def ask(self) -> str:
        """The question; examples of how to write numbers of lines make sense in the chat only."""
        if self.style == "text":
            return self.question.ask
        return self.question.ask.partition("比如")[0].rstrip("，")

    @property
    def options(self) -> list[tuple[str, str]]:
        """Key and label of each radio or box."""
        offered = self.question.ticks or self.question.choices
        return [(key, one.label) for key, one in offered.items()]


@dataclass(slots=True)
class Filled:
    """A form as it came in: the blocks with their faults, and the facts that are certain. `new` are
    follow-ups that an answer opened and that the person has not seen yet."""

    blocks: list[Block] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    new: list[Block] = field(default_factory=list)
    consented: bool = False
    """To the sensitive questions."""
    young: bool = False
    """Whether the date of birth was that of a child under 14: it is not even shown again."""
    answered: list[str] = field(default_factory=list)
    """The questions that something was given to."""

    @property
    def faults(self) -> list[tuple[Block, Input]]:
        return [(block, one) for block in self.blocks for one in block.inputs if one.fault]

    def told(self, now: datetime) -> Conversation:
        """The answers as the chat keeps them. Who agreed to the sensitive questions and then told
        nothing of them is as one who was not asked."""
        agreed = self.consented and not SENSITIVE.isdisjoint(self.facts)
        start = Conversation(sensitive=consent_texts.sensitive().answered(now, yes=agreed))
        return learn(start, self.facts, self.answered)


def read_one(question: Question, form: Form, today: date) -> Filled:
    """Read the answer to one question."""
    filled = Filled()
    _add(filled, question, form, today)
    _forget_a_child(filled, today)
    return filled


def read_form(form: Form, today: date, counted: frozenset[str]) -> Filled:
    """Read what was sent; an empty form gives the questions without answers. `counted`: the facts
    that the rules give points for, the only ones to ask."""
    filled = Filled(consented=CONSENT in form)
    asked = without_sensitive(counted)
    for question in asked.values():
        if not question.after:
            parent = _add(filled, question, form, today)
            for follower in followers(question.id):
                if follower.id in asked and not follower.told_only:
                    _add_follower(filled, parent, follower, form, today)
    _add_sensitive(filled, form, today, counted)
    _doubt_times(filled, today)
    _forget_a_child(filled, today)
    return filled


def _add_sensitive(filled: Filled, form: Form, today: date, counted: frozenset[str]) -> None:
    """The sensitive questions, all behind the consent: without it nothing of them is read."""
    if not lines(counted):
        return
    read = form if filled.consented else MultiDict[str, str]()
    listed = _add(filled, list_apart(counted), read, today)
    listed.asked, listed.opened_by, listed.behind = filled.consented, (YES,), CONSENT
    if filled.consented and APART not in form.getlist(SEEN):
        filled.new.append(listed)
    for id, question in needed(counted).items():
        if id not in without_sensitive(counted):
            _add_follower(filled, listed, question, read, today)


def _forget_a_child(filled: Filled, today: date) -> None:
    """Under 14 nothing is counted, and the date of birth is not sent back either."""
    if young_among(filled.facts, today):
        filled.young, filled.facts = True, {}
        for block in filled.blocks:
            if BIRTH in block.question.facts:
                block.inputs[0].given = ()


def _doubt_times(filled: Filled, today: date) -> None:
    """A time longer than the person has lived, or could have worked, is a fault."""
    for fact in impossible(filled.facts, today):
        del filled.facts[fact]
        block = next(one for one in filled.blocks if fact in one.question.facts)
        block.inputs[0].fault = Refused("beyond_life")


def _add_follower(
    filled: Filled, parent: Block, question: Question, form: Form, today: date
) -> None:
    opened_by = _openers(parent.question, question)
    if set(parent.inputs[0].given) & set(opened_by):
        block = _add(filled, question, form, today)
        if question.id not in form.getlist(SEEN):
            filled.new.append(block)
    else:
        block = Block(question, _inputs(question, MultiDict()), asked=False)
        filled.blocks.append(block)
    block.opened_by, block.behind = opened_by, parent.question.id


def _add(filled: Filled, question: Question, form: Form, today: date) -> Block:
    block = Block(question, _inputs(question, form))
    filled.blocks.append(block)
    if question.id != APART and any(one.given for one in block.inputs):
        filled.answered.append(question.id)
    for one in block.inputs:
        taken = _read(block, one, today) if one.given else {}
        if isinstance(taken, Refused):
            one.fault = None if taken.why == "unknown" else taken
        else:
            filled.facts.update(taken)
    if question.fields and any(one.given for one in block.inputs):
        filled.facts.update({one.name: 0 for one in block.inputs if not one.given})
    return block


def _openers(parent: Question, follower: Question) -> tuple[str, ...]:
    """The tick that names the follow-up; or every choice that leaves its facts unanswered."""
    if parent.ticks:
        return tuple(key for key, tick in parent.ticks.items() if tick.opens == follower.id)
    return tuple(
        key for key, one in parent.choices.items() if not set(follower.facts) & set(one.facts)
    )


def _inputs(question: Question, form: Form) -> list[Input]:
    named = {name: one.label for name, one in question.fields.items()} or {question.id: ""}
    return [
        Input(name, tuple(text for raw in form.getlist(name) if (text := _clean(raw))), label)
        for name, label in named.items()
    ]


def _clean(raw: str) -> str:
    return raw.strip()[:LONGEST_ANSWER]


def _read(block: Block, one: Input, today: date) -> Read:
    """The facts that one input states; empty for a pick that is not on offer."""
    question = block.question
    if question.ticks:
        return _ticked(question, one.given)
    if question.several:
        picked = [key for key in question.choices if key in one.given]
        return {question.facts[0]: picked} if picked or DONE in one.given else {}
    if block.style == "radios":
        return facts_of(question, one.text) if one.text in question.choices else {}
    if question.fields:
        value = parse(KINDS[FACTS[one.name].type], one.text, today)
        return {one.name: plain(value.value)} if isinstance(value, Understood) else value
    taken = read(question, Said(one.text), today)
    return taken.facts if isinstance(taken, Taken) else taken or _unread(question, one.text)


def _unread(question: Question, text: str) -> Refused:
    """Why a text is no answer: 农保 alone tells of an insurance, if of another one."""
    other = question.kind == "months" and any_of("other_scheme").search(clean(text))
    return Refused("other_scheme" if other else "not_understood")


def _ticked(question: Question, given: tuple[str, ...]) -> dict[str, Any]:
    """What a list says: of its yes/no lines, and of the follow-ups that stay closed."""
    if not set(given) & {DONE, *question.ticks}:
        return {}
    facts: dict[str, Any] = {}
    for key, tick in question.ticks.items():
        if tick.sets:
            facts[tick.sets] = key in given
        elif key not in given:
            facts.update({fact: nothing(fact) for fact in facts_behind(tick)})
    return facts
