"""The questionnaire: one question after another, each asked only while it can change the result."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pydantic import JsonValue

from dialogs.agenda import (
    doubts_in,
    give_up,
    learn,
    most_left,
    pending,
    previous,
    proceed,
    settled_by,
    told_by,
)
from dialogs.asked_along import Along
from dialogs.conversation import Facts, State
from dialogs.effects import effect, without_denied
from dialogs.flow import Flow, Step, Talk
from dialogs.flows.profile import offer
from dialogs.intents.agreement import withholds
from dialogs.intents.household import in_first_person
from dialogs.intents.remarks import months_in, worth_saying
from dialogs.interpret import Heard, closes, hear
from dialogs.interpret.asked import PAUSE
from dialogs.language import Refused
from dialogs.language.lexicon import any_of
from dialogs.language.recognisers.amounts import mask_words
from dialogs.language.recognisers.dates_in_text import find_moments
from dialogs.language.recognisers.durations import bare_month
from dialogs.language.recognisers.named_nouns import RENTS
from dialogs.language.recognisers.unnamed import BIRTH
from dialogs.language.text import clean
from dialogs.phrases import say
from dialogs.plausibility import (
    credible,
    doubted,
    in_doubt,
    is_child,
    ruled_out,
    with_month,
)
from dialogs.question_reply import (
    addressed,
    asked_back,
    likely,
    of_offer,
    question_text,
    shown,
    unclear,
)
from dialogs.questions import Question, facts_behind, nothing, questions
from dialogs.readback import category_of, said_back, ticked_so_far
from dialogs.readback import heard as heard_back
from dialogs.reading import Taken, keeps, read
from dialogs.recent import counted
from dialogs.reply import Choice, Reply
from dialogs.sensitive import SENSITIVE, apart, askable, without_needless
from dialogs.utterance import Said
from dialogs.withheld import keep_back
from scoring import FACTS


class Questionnaire(Flow):
    """State: `at` the question asked; `ticked` so far by taps; `year` of a birth without month;
    `before` the points before a change."""

    name = "questionnaire"
    personal = True

    def ask(self, talk: Talk) -> Reply:
        question = asked(talk)
        if isinstance(year := talk.state.get("year"), int):
            return unclear(talk, question, Refused("month_missing", year=year))
        return Reply(question_text(talk, question), shown(talk, question))

    def again(self, talk: Talk) -> Reply:
        question = asked(talk)
        return Reply(addressed(question, talk.conversation), shown(talk, question))

    def choices(self, talk: Talk) -> Sequence[Choice]:
        return shown(talk, asked(talk))

    def answer(self, talk: Talk, said: Said) -> Step | None:
        if not _first_time(talk) and keeps(said):
            return _skip(talk)
        question = asked(talk)
        typed = with_month(talk, said)
        meant = of_offer(typed, question, asked_back(talk, question), talk.today)
        if isinstance(meant, Refused):
            return self._unclear(talk, question, meant)
        year = talk.state.get("year")
        known = year if isinstance(year, int) else None
        meant = _month_alone(question, meant) if known else meant
        heard = _but_the_offered(talk, listen(talk, question, meant, known))
        if question.fact in SENSITIVE and withholds(said) and not _is_told(heard):
            return _skip(talk)  # 党员这个不说: neither yes nor no
        if since := _since(talk, question, meant, heard, known):
            return self._unclear(talk, question, since)
        if _only_asks(talk, question, heard, meant):
            return None
        if _of_which_payment(talk, question, heard, meant):
            return self._unheard(talk, question, say("questionnaire/which_payment"))
        if away := _of_there(talk, question, meant, heard):
            return self._unclear(talk, question, away)
        step = with_others(talk, self._taken(talk, question, meant, heard), heard)
        step = keep_back(talk, step, heard)
        near = counted(talk, heard.question, plainly=True)
        return with_question(step, heard, said, question.title, near)

    def _taken(self, talk: Talk, question: Question, said: Said, heard: Heard) -> Step | None:
        answer = heard.answer or _of_the_last_tick(talk, question, said)
        match answer:
            case Taken(more=True, ticked=None) as taken if not heard.beside:
                return self._in_part(talk, question, taken)
            case Taken(ticked=tuple()) as taken:
                return self._listed(talk, question, taken, heard, said)
            case Taken() as taken if not heard.beside and not heard.unheard:
                return doubted(talk, taken.facts, said) or take(talk, question, taken)
            case Refused(why="unknown") if not heard.facts:
                return self.command(talk, "unknown")
            case Refused() as refusal if not heard.facts:
                return self._unclear(talk, question, refusal)
        if isinstance(answer, Taken):
            change = effect(question, answer, talk.conversation)
            ruled: Facts = {fact: value for fact, value in change.facts.items() if value is None}
            return several(talk, heard, ruled)
        return several(talk, heard) if heard.facts or heard.confirm else None

    def _listed(
        self, talk: Talk, question: Question, taken: Taken, heard: Heard, said: Said
    ) -> Step | None:
        """Lines of a list: it stays open after one, by number or by word, until nothing is left."""
        talk = _with_doubts(talk, {**_of_the_tick(talk, question, taken, said), **heard.confirm})
        facts = {**heard.facts, **taken.facts}
        told = _lines_told(question, facts)
        keys = tuple(dict.fromkeys((*(taken.ticked or ()), *told)))
        if question.ticks and keys and not _is_whole(taken, said):
            return self._ticked_one(talk, question, Taken(facts, keys, more=True))
        if taken.more:
            return self._ticked_one(talk, question, Taken(facts, keys, more=True))
        together = tuple(dict.fromkeys((*ticked(talk), *keys)))
        return take(talk, question, Taken(facts, together))

    def about(self, talk: Talk) -> str:
        return asked(talk).title

    def retry(self, talk: Talk, said: Said) -> Reply:
        question = asked(talk)
        return unclear(talk, question, None)

    def command(self, talk: Talk, word: str) -> Step | None:
        known = QUESTION_WORDS.get(word)
        return known(talk) if known else None

    def _unclear(self, talk: Talk, question: Question, refusal: Refused) -> Step:
        kept, misses = without_offer(talk.state), talk.conversation.misses + 1
        kept |= likely(question, refusal)
        if refusal.why == "elsewhere":
            kept["elsewhere"] = True
        if refusal.year:  # half of the answer: no miss
            kept, misses = {**kept, "year": refusal.year}, 1
        conversation = talk.conversation.stay(**kept).but(misses=misses)
        reply = unclear(talk.after(conversation), question, refusal)
        return Step(conversation, reply=reply, misses=conversation.misses)

    def _unheard(self, talk: Talk, question: Question, text: str) -> Step:
        """The question stays, with what the message left open."""
        conversation = talk.conversation.but(misses=talk.conversation.misses + 1)
        reply = Reply(f"{text}\n{question.ask}", shown(talk, question))
        return Step(conversation, reply=reply, misses=conversation.misses)

    def _in_part(self, talk: Talk, question: Question, taken: Taken) -> Step:
        """One of several numbers was denied, or is not known: the others are asked for."""
        facts = {**talk.conversation.facts, **taken.facts}
        left = [field.label for fact, field in question.fields.items() if fact not in facts]
        if not left:
            return take(talk, question, taken)
        asking = talk.conversation.stay(**without_offer(talk.state))
        after = talk.after(learn(asking, taken.facts, []))
        told = [
            (field.label, taken.facts[fact], FACTS[fact].unit)
            for fact, field in question.fields.items()
            if fact in taken.facts
        ]
        note = say("questionnaire/in_part", told=told, left=left)
        return Step(after.conversation, note=note, reply=Reply("", shown(after, question)))

    def _ticked_one(self, talk: Talk, question: Question, taken: Taken) -> Step:
        together: list[JsonValue] = list(dict.fromkeys((*ticked(talk), *(taken.ticked or ()))))
        conversation = talk.conversation.stay(**{**talk.state, "ticked": together})
        ids = settled_by({**conversation.facts, **taken.facts}, frozenset(taken.facts))
        conversation = learn(conversation, taken.facts, ids)
        after = talk.after(conversation)
        beside = {
            fact: value
            for fact, value in taken.facts.items()
            if fact not in question.domain or value == nothing(fact)
        }
        note = say("questionnaire/ticked", labels=ticked_so_far(after, question, together))
        note = f"{heard_back(after, told_by(beside))}\n{note}".strip() if beside else note
        return Step(conversation, note, reply=self.again(after))


def listen(talk: Talk, question: Question | None, said: Said, year: int | None = None) -> Heard:
    """What a message says, as far as it can be and is worth an answer."""
    if whose := talk.conversation.whose:
        said = replace(said, text=in_first_person(said.text, whose))
    heard = credible(talk, hear(question, said, talk.today, year))
    heard = without_denied(heard, talk.conversation.facts)
    heard = apart(without_needless(heard, talk.counted), talk.conversation)
    return replace(heard, unheard=tuple(filter(worth_saying, heard.unheard)))


def _month_alone(question: Question, said: Said) -> Said:
    """鬼记得 反正夏天 六月吧: the month that was asked for, the only figure among other words."""
    if said.tap is not None or question.kind not in _TIMES:
        return said
    clauses = PAUSE.split(clean(said.text, keep_spaces=True))
    figures = [one for one in clauses if _NUMERAL.search(mask_words(one))]
    told = len(figures) == 1 and bare_month(figures[0]) is not None
    return Said(figures[0]) if told else said


def without_offer(state: State) -> dict[str, JsonValue]:
    """The state without the values that an unclear answer was asked back with."""
    return {key: kept for key, kept in state.items() if key not in ("offered", "field", "only")}


def _but_the_offered(talk: Talk, heard: Heard) -> Heard:
    """税费三万, where 个税大概6000 waits for a yes: that one is not denied by being left out."""
    answer, field = heard.answer, str(talk.state.get("field", ""))
    if not field or not isinstance(answer, Taken) or answer.facts.get(field) != 0:
        return heard
    if not any(answer.facts.values()):
        return heard
    left = {fact: value for fact, value in answer.facts.items() if fact != field}
    facts = {fact: value for fact, value in heard.facts.items() if fact != field}
    return replace(heard, answer=replace(answer, facts=left, more=True), facts=facts)


def _is_told(heard: Heard) -> bool:
    """Whether something was understood: as the answer, or beside it."""
    answer = heard.answer
    told = isinstance(answer, Taken) and bool(answer.facts or answer.ticked)
    return told or bool(heard.facts)


def _since(
    talk: Talk, question: Question, said: Said, heard: Heard, year: int | None
) -> Refused | None:
    """大概三月份, 国庆前后, of the year that was said before: the time since then, to be confirmed.
    It is no stretch of three months."""
    if year is None and isinstance(heard.answer, Refused):
        year = heard.answer.year
    if year is None or said.tap or question.kind not in _TIMES or isinstance(heard.answer, Taken):
        return None
    own = [one.year for one in find_moments(clean(said.text), talk.today)]
    year = own[-1] if own else year
    starts = (Said(f"{year}年{month}月到现在") for month in months_in(said.text))
    times = (listen(talk, question, start).facts.get(question.facts[0]) for start in starts)
    values = tuple(time for time in times if isinstance(time, int))
    return Refused("vague", values, said=said.text) if values else None


_TIMES = ("months", "years")
_PAYS = re.compile("[交缴][了过费满]?")
_PAID = ("social_insurance", "housing_fund")


def _of_which_payment(talk: Talk, question: Question, heard: Heard, said: Said) -> bool:
    """先交了14个月，断了，又交了两年, where something else is asked: of the insurance, or of the
    fund?"""
    told = isinstance(heard.answer, Taken) or bool(heard.facts or heard.others or heard.question)
    told = told or any(one.choices or one.year for one in heard.confirm.values())
    times = any(one.endswith(("年", "月", "年了", "月了")) for one in heard.unheard)
    open_ones = any(id not in talk.conversation.answered for id in _PAID)
    at_payment = question.id in _PAID
    return not (told or at_payment) and times and open_ones and bool(_PAYS.search(said.text))


def _of_there(talk: Talk, question: Question, said: Said, heard: Heard) -> Refused | None:
    """2次, after 在温州市区献的: a figure without a place may be that of there."""
    told = heard.answer.facts if isinstance(heard.answer, Taken) else {}
    value = told.get(question.facts[0]) if question.kind else None
    if not talk.state.get("elsewhere") or said.tap or not value or talk.state.get("offered"):
        return None
    here = any_of("in_county").search(clean(said.text))
    return None if here or not isinstance(value, int) else Refused("elsewhere", (value,))


def _first_time(talk: Talk) -> bool:
    return asked(talk).id not in talk.conversation.answered


def asked(talk: Talk) -> Question:
    """The question that was asked last."""
    return askable(talk, str(talk.state["at"]))


def ticked(talk: Talk) -> tuple[str, ...]:
    """What was tapped so far of a list."""
    keys = talk.state.get("ticked")
    return tuple(map(str, keys)) if isinstance(keys, list) else ()


def _lines_told(question: Question, facts: Facts) -> list[str]:
    """The lines of a list of which the message tells something."""
    return [
        key
        for key, tick in question.ticks.items()
        if any(facts.get(fact, nothing(fact)) != nothing(fact) for fact in facts_behind(tick))
    ]


_NUMERAL = re.compile("[\\d零一二两三四五六七八九十百]")
_NUMBERS = re.compile(r"[\d\s,，、.]+")


_LEADING_NUMBER = re.compile(r"\s*第?\d{1,2}[个项,，、.\s]+(?=\D)")


def _of_the_tick(talk: Talk, question: Question, taken: Taken, said: Said) -> dict[str, Refused]:
    """4 大概十二次: what is said of the one line that is ticked, not certain."""
    line = question.ticks.get(taken.ticked[0]) if taken.ticked and len(taken.ticked) == 1 else None
    number = _LEADING_NUMBER.match(said.text)
    if said.tap or line is None or line.opens is None or number is None:
        return {}
    detail = read(questions()[line.opens], Said(said.text[number.end() :]), talk.today)
    fact = questions()[line.opens].facts[0]
    return {fact: detail} if isinstance(detail, Refused) else {}


def _with_doubts(talk: Talk, refused: Mapping[str, Refused]) -> Talk:
    """The talk that offers values of what was not certain where it is asked for later."""
    state = talk.conversation.top.state
    doubts = {**doubts_in(state)}
    for question in questions().values():
        found = [refused[fact] for fact in question.facts if fact in refused]
        offered = likely(question, found[0]).get("offered") if found else None
        if offered:
            doubts[question.id] = offered
    if not doubts:
        return talk
    return talk.after(talk.conversation.stay(**{**state, "doubts": doubts}))


def _is_whole(taken: Taken, said: Said) -> bool:
    """Whether a list is complete as it was said: several of its numbers at once (1 3 6), or that
    there is nothing else."""
    if closes(clean(said.text)) is not None:
        return True
    several_named = len(taken.ticked or ()) > 1
    return said.tap is None and several_named and bool(_NUMBERS.fullmatch(said.text.strip()))


def _of_the_last_tick(talk: Talk, question: Question, said: Said) -> Taken | None:
    """How often, or how much, said of the line that was ticked last before it is asked for
    (志愿服务 | 4次)."""
    ticks = [question.ticks[key] for key in ticked(talk) if key in question.ticks]
    opened = ticks[-1].opens if ticks else None
    detail = read(questions()[opened], said, talk.today) if opened else None
    return Taken(detail.facts, ticked=(), more=True) if isinstance(detail, Taken) else None


def take(talk: Talk, question: Question, taken: Taken) -> Step:
    """An answer to the asked question; where it voids later answers, wait for a yes."""
    change = effect(question, taken, talk.conversation)
    if change.voids:
        facts: Mapping[str, JsonValue] = change.facts
        return Step(talk.conversation.enter("drop", facts=dict(facts), voids=list(change.voids)))
    details = {fact: value for fact, value in taken.facts.items() if value != nothing(fact)}
    return settle(talk, question, change.facts, details)


def settle(talk: Talk, question: Question, facts: Facts, details: Facts | None = None) -> Step:
    """Keep the answer, with the details that came with it, say it back and go on."""
    known = {**talk.conversation.facts, **facts}
    ids = [question.id, *settled_by(known, frozenset(details or ()))]
    reopened = ruled_out(talk, facts)
    after = talk.after(learn(talk.conversation, {**facts, **reopened}, ids))
    note = f"{heard_back(after, ids)}\n{in_doubt(reopened)}".strip()
    return Step(proceed(after, **carried(talk)), note=note)


def _only_asks(talk: Talk, question: Question, heard: Heard, said: Said) -> bool:
    """Whether what was refused as an answer is a question, and nothing beside it answers:
    交上去几天能出结果; 不晓得人家学堂收不收."""
    refusal = heard.answer
    told = heard.facts or heard.others or heard.confirm.keys() - {*question.facts}
    if told or not isinstance(refusal, Refused) or refusal.choices or refusal.year:
        return False
    text = clean(said.text, keep_spaces=True)
    if not heard.question or heard.question not in text:
        return False
    rest = Said(text.replace(heard.question, ""))
    return hear(question, rest, talk.today).answer is None


def with_others(talk: Talk, step: Step | None, heard: Heard) -> Step | None:
    """The step, with an offer to keep what was told of another person: 老公社保五年."""
    told = next(((whose, facts) for whose, facts in heard.others.items() if facts), None)
    if told is None or (step is not None and step.reply is not None):
        return step
    after = talk.after(step.conversation) if step else talk
    year = heard.birth_years.get(told[0])
    offered = offer(after, *told, sure=told[0] in heard.people, born_in=year)
    if offered is None or step is None:
        return offered or step
    return replace(offered, note=f"{step.note}\n{offered.note}".strip())


def with_question(
    step: Step | None, heard: Heard, said: Said, title: str = "", near: str | None = None
) -> Step | None:
    """The step, with what was asked beside what was told."""
    if step is None or not heard.question:
        return step
    return replace(step, question=Along(heard.question, said.text, title, near))


def several(talk: Talk, heard: Heard, ruled: Facts | None = None) -> Step:
    """Several answers in one message; the first that was not clear is asked next. `ruled`: what an
    earlier answer ruled out, and this one does not."""
    facts, refused = dict(heard.facts), dict(heard.confirm)
    if is_child(facts, talk.today):
        facts.pop(BIRTH)
        refused[BIRTH] = Refused("vague")
    facts, changed = _apart(talk, heard, facts)
    known = {**talk.conversation.facts, **facts}
    ids = settled_by(known, frozenset(facts))
    reopened = ruled_out(talk, facts)
    after = talk.after(learn(talk.conversation, {**(ruled or {}), **facts, **reopened}, ids))
    said = f"{said_back(talk, after, facts)}\n{in_doubt(reopened)}".strip()
    unclear_ones = [one for one in questions().values() if refused.keys() & {*one.facts}]
    kept = doubts_in(_with_doubts(talk, refused).state)  # offered when they are asked for
    later = unclear_ones if changed else [one for one in unclear_ones[1:] if one.id not in kept]
    unheard = (*heard.unheard, *_said_unclearly(refused, later))
    note = say("questionnaire/named", heard=said, unheard=unheard)
    conversation = proceed(after, **carried(talk))
    if changed:
        waits = proceed(after).enter("overwrite", facts=changed, **carried(talk))
        return Step(waits, note=note)
    for question in unclear_ones[:1]:
        fact = next(fact for fact in question.facts if fact in refused)
        refusal = refused[fact]
        others = {other: why for other, why in refused.items() if other not in question.facts}
        state = {**carried(_with_doubts(talk, others)), **likely(question, refusal, fact)}
        if refusal.year:
            state["year"] = refusal.year
        conversation = after.conversation.go("questionnaire", at=question.id, **state)
        reply = unclear(talk.after(conversation.but(misses=1)), question, refusal)
        return Step(conversation, note=note, reply=reply)
    return Step(conversation, note=note)


def _said_unclearly(refused: Mapping[str, Refused], asked: Sequence[Question]) -> list[str]:
    """What was said of facts that are asked for only later, not in so many words: it is named, so
    that nothing said is passed over."""
    told = (refused[fact] for question in asked for fact in question.facts if fact in refused)
    return [one.said for one in told if one.said and worth_saying(one.said) and "," not in one.said]


def _apart(talk: Talk, heard: Heard, facts: Facts) -> tuple[Facts, Facts]:
    """What is new, and what would overwrite an answer: that waits for a yes. A set grows; what is
    only implied overwrites nothing."""
    known, new, changed = talk.conversation.facts, {}, {}
    at = asked(talk).facts if talk.conversation.top.flow == Questionnaire.name else ()
    for fact, told in facts.items():
        old = known.get(fact)
        if isinstance(told, list) and told and isinstance(old, list):
            together = {*map(str, told), *map(str, old)} - heard.denied.get(fact, frozenset())
            told = list[JsonValue](sorted(together))
        ruled_out = old == nothing(fact) and not _was_answered(talk, fact)
        if fact not in known or old == told or fact in at or ruled_out or heard.corrects:
            new[fact] = told
        elif heard.rules.get(fact) != RENTS:
            changed[fact] = told
    return new, changed


def _was_answered(talk: Talk, fact: str) -> bool:
    """Whether a fact was told, not only ruled out by another answer."""
    answered = talk.conversation.answered
    return any(id in answered and fact in questions()[id].facts for id in questions())


def carried(talk: Talk) -> dict[str, JsonValue]:
    """What goes with the questionnaire from question to question."""
    return {key: talk.state[key] for key in ("before", "doubts") if key in talk.state}


def _skip(talk: Talk) -> Step:
    return _leave_open(talk, "questionnaire/skipped")


def _unknown(talk: Talk) -> Step:
    return _leave_open(talk, "questionnaire/unknown")


def _leave_open(talk: Talk, said: str) -> Step:
    question = asked(talk)
    if question.id in talk.conversation.answered:
        return Step(proceed(talk), note=say("questionnaire/kept", title=question.title))
    after = talk.after(give_up(talk.conversation, question))
    note = say(said, title=question.title, counts=not question.always)
    return Step(proceed(after, **carried(talk)), note=note)


def _back(talk: Talk) -> Step:
    before = previous(talk.conversation, asked(talk).id)
    if before is None:
        return Step(talk.conversation, note=say("questionnaire/first"))
    return Step(talk.conversation.go("questionnaire", at=before.id, **carried(talk)))


def _why(talk: Talk) -> Step:
    question = asked(talk)
    category = category_of(question, talk)
    note = say("questionnaire/why", why=talk.told(question.why), category=category)
    return Step(talk.conversation, note=note)


def _progress(talk: Talk) -> Step:
    left = len(pending(talk))
    done = len(talk.conversation.answered) + len(talk.conversation.passed)
    more = most_left(talk) > left
    note = say("questionnaire/progress", done=done, left=left, more=more, estimate=talk.estimate)
    return Step(talk.conversation, note=note)


QUESTION_WORDS: Mapping[str, Callable[[Talk], Step]] = {
    "skip": _skip,
    "unknown": _unknown,
    "back": _back,
    "why": _why,
    "progress": _progress,
}
