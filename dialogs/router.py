"""How a text is heard: each hearer takes it or leaves it to the next; the last takes all."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from dialogs import faq
from dialogs.asked_along import Along
from dialogs.booking.entry import enter as enter_booking
from dialogs.booking.entry import inquire
from dialogs.booking.intent import Intent, about_hours, fits, intent_of, put_off
from dialogs.booking.outcomes import OF_BOOKING, BookingFlow, stopped
from dialogs.booking.request import Wish
from dialogs.commands import command, view
from dialogs.early import without_identity
from dialogs.flow import Step, Talk
from dialogs.flows import FLOWS, beneath, layers, top
from dialogs.flows.change import Overwrite, reopen, titled
from dialogs.flows.consent import told_outright, withheld
from dialogs.flows.goal import aim
from dialogs.flows.guardian import guarded
from dialogs.flows.papers import told_later
from dialogs.flows.profile import begin
from dialogs.flows.sensitive import Sensitive
from dialogs.flows.stale import same_answer
from dialogs.flows.topics import Topics, also_asked, parts, tell
from dialogs.goals import goal
from dialogs.intents.agreement import none_of_these
from dialogs.intents.household import household_told, household_wish
from dialogs.intents.points import asks_total, until
from dialogs.intents.remarks import asks, instructs, no_lease, other_permit, personal
from dialogs.intents.words import amendment, demand, phrase, small_talk, word
from dialogs.interpret import hear
from dialogs.language import id_number
from dialogs.language.asking import asks_outright
from dialogs.language.text import clean
from dialogs.match_choice import bare, named
from dialogs.phrases import say
from dialogs.questions import questions
from dialogs.recent import OTHER_PERMIT, asked, counted, meant, referred, substituted
from dialogs.result_views import WAITING
from dialogs.utterance import Said

_THANKS = ("谢", "多谢", "感谢")
_LODGINGS = frozenset({"home", "rented"})
_LODGES = re.compile("租(?!客)|房东")
_AND = re.compile("[和跟与]")
_BEFORE_ANY_ANSWER = frozenset({"start", "change", "advice", *OF_BOOKING, "where", "telephone"})
"""Phrases that mean something before anything was told."""
_OF_ONES_OWN = frozenset({"book_review", "which_window"})
"""Topics whose answer is one's own appointment, where there is one."""
SILENCE = timedelta(minutes=30)
"""After this long the person is asked whether to go on."""
TWICE = timedelta(seconds=4)
"""A tap that comes so soon is an impatient finger's second one: no need to explain old bubbles."""
FORGOTTEN = timedelta(days=1)
"""After this long even a message that answers what was asked is heard only when one goes on."""
SHORTEST = 5
"""Characters of a question that is told apart from an answer."""
KEPT = 100
"""Characters of what nobody understood that are handed out."""


def returned(talk: Talk, said: Said) -> Step | None:
    """Back after a silence in the middle of something: go on, or start again?"""
    heard = talk.conversation.heard
    if said.tap or word(said) or heard is None or talk.now - heard < SILENCE:
        return None
    talk = beneath(talk)
    step = answered(talk, said) if talk.now - heard < FORGOTTEN else None
    if step and not step.reply:  # it answers what is still on screen
        after = talk.after(step.conversation)
        about = top(after).about(after)
        resumed = step.conversation.enter("resume", about=about, said="")
        return replace(step, conversation=resumed) if about else step
    about = top(talk).about(talk)
    return Step(talk.conversation.enter("resume", about=about, said=said.text)) if about else None


def commanded(talk: Talk, said: Said) -> Step | None:
    """A reserved word, or what people may demand by law, as a whole message."""
    found = word(said) or (None if _closed(talk) else demand(said))
    return command(talk, found) if found else None


def chosen_topic(talk: Talk, said: Said) -> Step | None:
    """One of the topics under the last reply, or a tap on a topic in any bubble."""
    id = meant(talk, said)
    if id is None or _closed(talk):
        return None
    rest = tuple(other for other in talk.conversation.recent.offered if other != id)
    return tell(beneath(talk), id, rest)


def numbered(talk: Talk, said: Said) -> Step | None:
    """A number that names a person is not heard; what else the message tells or asks is. Where a
    question waits and there is nothing else, that says so."""
    rest, note = Said(without_identity(said.text)), say("id_number")
    if said.tap or _closed(talk) or rest.text == clean(said.text, keep_spaces=True):
        return None
    for hearer in (answered, overheard, questioned):
        step = hearer(talk, rest)
        if step is not None and step.reply is None and not step.misses:
            refused = step.topic == "others_data"  # says so itself
            return step if refused else replace(step, note=f"{note}\n{step.note}".strip())
    at_question = top(talk).personal and id_number(said.text)
    return None if at_question else Step(talk.conversation, note=note)


def mistaken(talk: Talk, said: Said) -> Step | None:
    """台湾居民居住证, where the 浙江省居住证 is asked for: another one, and the question stays."""
    question = asked(talk.conversation)
    at_permit = top(talk).personal and question is not None and question.id == "permit"
    if said.tap or not at_permit or not other_permit(said.text):
        return None
    return tell(talk, OTHER_PERMIT)


def denied(talk: Talk, said: Said) -> Step | None:
    """都不是, to topics that were offered: what follows it is the message. Where they were not all
    of the reply, it may as well answer what waits."""
    rest, recent = none_of_these(said), talk.conversation.recent
    listed = top(talk).name == Topics.name
    if not rest or not (listed or recent.offered):
        return None
    if not listed and (step := answered(talk, said)) and not step.reply:
        return step
    conversation = beneath(talk).conversation
    settled = conversation.but(recent=recent.model_copy(update={"offered": (), "menu": True}))
    return heard(talk.after(settled), Said(rest))


def refused(talk: Talk, said: Said) -> Step | None:
    """都不是 alone, to the topics under an answer."""
    if none_of_these(said) is None or not talk.conversation.recent.offered:
        return None
    return Step(talk.conversation, note=say("topics/none"), menu=True)


def offered(talk: Talk, said: Said) -> Step | None:
    """A reserved word that the menu on screen offers, by its number or its label."""
    if said.tap is not None:
        return None
    meant = named(said, top(talk).choices(talk))
    found = word(Said(meant.label, tap=meant.tap)) if meant else None
    return command(talk, found) if found else None


_MY_OWN = re.compile(
    "(?:[，,。 是你]|不对|搞错了|说错了)*(?:我自己|我本人|我的)"
    "(?=.{0,12}[\\d一二两三四五六七八九十])"
)


def of_oneself(talk: Talk, said: Said) -> Step | None:
    """我的社保是4年10个月, on the other one's turn: no figure of that one."""
    if said.tap is not None or not talk.conversation.whose or _closed(talk):
        return None
    if not _MY_OWN.match(said.text) or household_wish(said):
        return None
    return Step(talk.conversation, note=say("profile/my_own", whose=talk.conversation.whose))


def answered(talk: Talk, said: Said) -> Step | None:
    """An answer to what was asked, or to what waits below a passing flow."""
    steps = (top(layer).answer(layer, said) for layer in layers(talk))
    return next(filter(None, steps), None)


_CLAUSES = re.compile(r"[，,。;；!！?？~…\s]+")


def counting(talk: Talk, said: Said) -> Step | None:
    """刚送了一单 还有几题: how many questions are left, asked beside something else. What else is
    said may answer; the next question then says how far one is."""
    clauses = [one for one in _CLAUSES.split(said.text) if one]
    rest = [one for one in clauses if word(Said(one)) != "progress"]
    if said.tap or len(rest) == len(clauses) or top(talk).name != "questionnaire":
        return None
    step = answered(talk, Said("，".join(rest))) if rest else None
    return step if step and not step.reply else command(talk, "progress")


def tapped(talk: Talk, said: Said) -> Step | None:
    """A tap in an old bubble: never applied to another question than its own."""
    if said.tap is None:
        return None
    id = said.tap.partition(".")[0]
    seen = {*talk.conversation.answered, *talk.conversation.passed}
    if id in seen and talk.conversation.consented:
        if same_answer(talk, questions()[id], said):
            return Step(talk.conversation, note=say("stale/same"))
        return Step(talk.conversation.enter("stale", question=id, tap=said.tap))
    heard = talk.conversation.heard
    twice = heard is not None and talk.now - heard < TWICE
    return Step(talk.conversation, note="" if twice else say("old_bubble"))


def targeted(talk: Talk, said: Said) -> Step | None:
    """要到 100 分: what it would take; 几年才到 100 分: when, by waiting alone."""
    if not talk.conversation.consented or top(talk).guarded:
        return None
    if (points := until(said)) is not None and talk.conversation.facts:
        return Step(view(talk, WAITING, target=points))
    wanted = goal(said, talk.today)
    return aim(talk, wanted) if wanted else None


def planned(talk: Talk, said: Said) -> Step | None:
    """明年九月之前到80分: a goal with a day is no answer, whatever is asked."""
    wanted = goal(said, talk.today) if talk.conversation.consented and not _closed(talk) else None
    return aim(talk, wanted) if wanted and wanted.by else None


def phrased(talk: Talk, said: Said) -> Step | None:
    """怎么才56分, 明年多少分: a word said in a sentence. Before anything was told it can only be
    about what is asked (怎么算的), or about an appointment."""
    meant = phrase(said) or _total(talk, said)
    if not talk.conversation.consented and meant == "result":
        meant = "start"
    if not talk.conversation.facts and meant not in _BEFORE_ANY_ANSWER:
        asked = meant in ("why", "details") and top(talk).name == "questionnaire"
        meant = "why" if asked else None
    return None if meant is None or _closed(talk) else command(talk, meant)


def _total(talk: Talk, said: Said) -> str | None:
    """帮我爸问一下，他……，这样能积多少分: what counts it, though nothing of it is one's own."""
    if said.tap is not None or "分" not in said.text:
        return None
    return "result" if asks_total(hear(None, said, talk.today).question) else None


def _closed(talk: Talk) -> bool:
    """Whether nothing may interrupt what is asked, not even what is understood beyond doubt."""
    return top(talk).guarded and not top(talk).sure


def postponed(talk: Talk, said: Said) -> Step | None:
    """先不约, wherever it is said: no booking; and what is said after it."""
    rest = None if said.tap else put_off(said.text)
    if rest is None or _closed(talk):
        return None
    asked = top(talk)
    if isinstance(asked, BookingFlow) and not asked.passing:
        step = stopped(talk)
    else:
        step = Step(talk.conversation, note=say("booking/stopped", moving=False, held=False))
    if not rest:
        return step
    after = heard(talk.after(step.conversation), Said(rest))
    return replace(after, note=f"{step.note}\n{after.note}".strip())


def booked(talk: Talk, said: Said) -> Step | None:
    """预约瓯北下周二上午, 改一下预约, 哪个地方能约: straight there, with place and time. An answer
    on screen is heard first, and so is all that answers in the middle of booking."""
    asked = top(talk)
    if said.tap or _closed(talk) or (isinstance(asked, BookingFlow) and not asked.passing):
        return None
    intent = intent_of(said.text, talk.today)
    if intent is None or asked.picked(talk, said):
        return None
    return enter_booking(talk, intent.wanted, intent.wish)


def wanted(talk: Talk, said: Said) -> Step | None:
    """The same in the middle of booking, where the word need not be said again. Whoever is on the
    way already, and names nothing new, goes on."""
    if said.tap or not isinstance(top(talk), BookingFlow):
        return None
    intent = intent_of(said.text, talk.today, within=True)
    if intent is None or intent == Intent("book", Wish()):
        return None
    return enter_booking(talk, intent.wanted, intent.wish)


def digressed(talk: Talk, said: Said) -> Step | None:
    """In the middle of booking a question that is surely about something else (搬家了要不要改地址):
    not what it may have of a time or a change."""
    asked = top(talk)
    if said.tap or not isinstance(asked, BookingFlow) or _closed(talk):
        return None
    if fits(said.text, "booking") or not asks_outright(said.text) or asked.picked(talk, said):
        return None
    part = hear(None, said, talk.today).question
    head = said.text.replace(part, "").strip() if part else ""
    if head not in ("", said.text) and asked.answer(talk, Said(head)):
        return None  # an answer with a question behind it
    found = talk.find(said.text)
    sure = found.decision == "answer" and found.topics[0] not in _OF_ONES_OWN
    return questioned(talk, said) if sure else None


def overheard(talk: Talk, said: Said) -> Step | None:
    """A fact told in the middle of booking, or beside what waits for a yes: kept as it would be
    after the result, and back to what was asked."""
    if said.tap or not isinstance(top(talk), BookingFlow | Overwrite | Sensitive):
        return None
    if isinstance(top(talk), Sensitive) and (step := _below_consent(talk, said)):
        return step
    conversation = talk.conversation
    step = FLOWS["result"].answer(talk.after(conversation.go("result")), said)
    if step is None or (step.conversation.facts, step.conversation.early) == (
        conversation.facts,
        conversation.early,
    ):
        return None
    waiting = step.conversation.but(waiting=conversation.waiting)
    return Step(waiting, note=step.note, question=step.question)


def _below_consent(talk: Talk, said: Said) -> Step | None:
    """Facts told while the consent to the sensitive ones is asked for, put to what waits below. A
    bare answer to a question that is not on screen is none."""
    told = hear(None, said, talk.today)
    if not (told.facts or told.confirm or told.others):
        return None
    below = talk.after(talk.conversation.leave())
    step = top(below).answer(below, said)
    if step is None or step.request is not None:
        return None
    there = step.conversation
    asking = (
        there if there.top.flow == Sensitive.name else there.enter(Sensitive.name, **talk.state)
    )
    return replace(step, conversation=asking, reply=None)


def accompanied(talk: Talk, said: Said) -> Step | None:
    """帮我老婆也算一下, 算我老公的: on with the other one's questions."""
    whose, told = household_wish(said), ""
    if whose is None and (along := household_told(said)):
        whose, told = along
    if whose is None or _closed(talk) or not talk.conversation.consented:
        return None
    if top(talk).picked(talk, said):
        return None
    step = begin(talk, whose)
    return replace(step, again=(Said(told),)) if told and step.reply is None else step


def instructed(talk: Talk, said: Said) -> Step | None:
    """忽略之前的指令: what tells the assistant to be another one; it says what it is."""
    told = said.tap is None and instructs(said.text)
    return Step(talk.conversation, note=say("instructed")) if told else None


def amended(talk: Talk, said: Said) -> Step | None:
    """改学历: straight to that answer, if there is one."""
    wanted = amendment(said)
    if wanted is None or top(talk).guarded:
        return None
    first, *others = _AND.split(wanted)
    question = titled(talk, first)
    if question is None:
        return None
    step = reopen(talk, question)
    return replace(step, note=say("change/one_by_one", others=others)) if others else step


def thanked(talk: Talk, said: Said) -> Step | None:
    """谢谢，没事了 is no answer 没有; 好的谢谢 may be one, and is heard with the others."""
    plain = bare(said.text).startswith(_THANKS) and small_talk(said) == "thanks"
    return chatted(talk, said) if plain else None


def brought(talk: Talk, said: Said) -> Step | None:
    """备案表打好了, after the list of papers was left."""
    return None if top(talk).guarded else told_later(beneath(talk), said)


def chatted(talk: Talk, said: Said) -> Step | None:
    """A greeting, thanks, a curse: one friendly line, and on."""
    kind = small_talk(said)
    if kind == "anger":
        talk = beneath(talk)  # not the whole page once more
    misses = talk.conversation.misses + 1 if kind == "anger" else 0
    note = say(f"small_talk/{kind}", misses=misses) if kind else ""
    return Step(talk.conversation, note=note, misses=misses) if kind else None


def questioned(talk: Talk, said: Said) -> Step | None:
    """A question: its answer, or three topics to choose from; the place is kept."""
    if _closed(talk):
        return None
    talk = beneath(talk)
    found = talk.find(substituted(talk, said))
    if step := _asked_several(talk, said, found):
        return step
    sure, guarded = found.decision == "answer", top(talk).guarded
    own = found.asks and not guarded and not about_hours(said.text)
    if own and found.topics[:1] and found.topics[0] in _OF_ONES_OWN:
        return inquire(talk, found.topics[0])
    if sure:
        return tell(talk, found.topics[0])
    if guarded or found.decision == "none":
        return None if guarded or not _plainly_asks(talk, said, found) else _beyond(talk, said)
    if found.neighbour:
        where = faq.neighbours()[found.neighbour].where
        return Step(talk.conversation, note=say("elsewhere", where=where))
    waits = top(talk).personal or isinstance(top(talk), BookingFlow)
    if waits and (not found.asks or found.decision == "choices"):  # rather an answer
        return replace(missed(talk, said), offered=found.topics[:2])
    near = counted(talk, said.text) if found.decision == "likely" else None
    if near:
        found = replace(found, topics=(near, *(id for id in found.topics if id != near))[:3])
    if found.decision != "choices" or talk.conversation.recent.menu:
        return tell(talk, found.topics[0], found.topics[1:], found.beside)
    listed = talk.conversation.enter(
        "topics", topics=list(found.topics), said=keepable(talk, said) or ""
    )
    return Step(listed, misses=talk.conversation.misses + 1, menu=True)


def _asked_several(talk: Talk, said: Said, found: faq.Found) -> Step | None:
    """The answer to a message that asks more than one thing; the others stand under it."""
    several = also_asked(talk, said.text)
    if not several or top(talk).guarded or _OF_ONES_OWN.intersection(several):
        return None
    first = found.topics[0] if found.decision == "answer" else several[0]
    others = tuple(one for one in several if one != first)
    also = say("topics/also") if others else _points_so_far(talk, said)
    if not also:
        return None
    step = tell(talk, first, others)
    return replace(step, note=f"{step.note}\n{also}")


def _points_so_far(talk: Talk, said: Said) -> str:
    """The points as they stand, where they are asked for beside something else."""
    asked = any(phrase(Said(part)) in ("start", "result") for part in parts(said.text))
    begun = bool(talk.conversation.facts) and talk.conversation.top.flow == "questionnaire"
    step = top(talk).command(talk, "progress") if asked and begun else None
    return step.note if step else ""


def told_along(talk: Talk, question: Along) -> Step:
    """What is said of a question that came beside an answer: nothing but a note. How many points
    there are in all, the result says, or the way to it."""
    if question.of_total:
        step = top(talk).command(talk, "progress") if top(talk).name == "questionnaire" else None
        return step or Step(talk.conversation)
    found = question.found(talk.find)
    if found.neighbour:
        where = faq.neighbours()[found.neighbour].where
        return Step(talk.conversation, note=say("elsewhere", where=where))
    if told_outright(found) or found.decision == "elsewhere":
        rest = found.topics[1:] if found.decision == "likely" and not top(talk).guarded else ()
        return tell(beneath(talk), found.topics[0], rest, found.beside)
    note = "" if found.topics or not asks_outright(question.part) else say("questionnaire/beyond")
    return Step(talk.conversation, note=note, offered=() if top(talk).guarded else found.topics[:2])


def _plainly_asks(talk: Talk, said: Said, found: faq.Found) -> bool:
    """Whether a text asks something, so that it cannot be an answer that was not understood."""
    first = talk.conversation.misses == 0
    return first and found.asks and asks(said.text) and len(bare(said.text)) >= SHORTEST


def _beyond(talk: Talk, said: Said) -> Step:
    """A question without an answer here: say so, and who can tell."""
    note, misses = say("beyond"), talk.conversation.misses + 1
    return Step(talk.conversation, note=note, misses=misses, unmatched=keepable(talk, said))


def missed(talk: Talk, said: Said) -> Step:
    """Nobody understood: say so, each time in another way."""
    conversation = talk.conversation.but(misses=talk.conversation.misses + 1)
    reply = top(talk).retry(talk.after(conversation), said)
    return Step(
        conversation, reply=reply, misses=conversation.misses, unmatched=keepable(talk, said)
    )


def keepable(talk: Talk, said: Said) -> str | None:
    """The text for the staff's list of questions, unless it may tell who is asking."""
    if not talk.conversation.consented or top(talk).guarded or personal(said.text):
        return None
    if top(talk).personal and not asks(said.text):
        return None
    return said.text[:KEPT]


def early(talk: Talk, said: Said) -> Step | None:
    """What tells something before the consent: held until it."""
    if talk.conversation.consented or said.tap is not None or _closed(talk):
        return None
    return withheld(talk, said)


def heard(talk: Talk, said: Said) -> Step:
    """The step of the first hearer that takes a text."""
    talk = with_conditions(talk, said)
    return next(step for hearer in HEARERS if (step := hearer(talk, said)))


def with_conditions(talk: Talk, said: Said) -> Talk:
    """The talk that keeps in mind that another permit was spoken of, so that 有居住证 may be that
    one, until 浙江省居住证 is said; and that the lodgings have no lease on record."""
    conversation, question = talk.conversation, asked(talk.conversation)
    told = said.tap is None and other_permit(said.text)
    if not conversation.consented or (told and hear(None, said, talk.today).people):
        return talk
    at_permit = top(talk).personal and question is not None and question.id == "permit"
    sure = at_permit and said.tap is None and "浙江" in said.text and not told
    kept = not sure and (conversation.other_permit or told)
    lodged = question is not None and question.id in _LODGINGS
    spoken = said.tap is None and (lodged or _LODGES.search(said.text) is not None)
    lease = conversation.no_lease or (spoken and no_lease(said.text))
    return talk.after(conversation.but(other_permit=kept, no_lease=lease))


HEARERS: tuple[Callable[[Talk, Said], Step | None], ...] = (
    guarded,
    returned,
    referred,
    commanded,
    instructed,
    chosen_topic,
    denied,
    early,
    postponed,
    booked,
    accompanied,
    planned,
    mistaken,
    numbered,
    thanked,
    digressed,
    of_oneself,
    counting,
    answered,
    refused,
    wanted,
    overheard,
    amended,
    offered,
    targeted,
    phrased,
    tapped,
    brought,
    chatted,
    questioned,
    missed,
)
HEARD_AGAIN = tuple(
    one for one in HEARERS if one not in (returned, tapped, thanked, chatted, missed)
)
"""Who hears what was said before and is heard only now."""
