"""党员别记了, 公积金那个删掉: what was recorded of it goes, whatever is asked."""

from __future__ import annotations

import re

from dialogs.agenda import give_up, learn, proceed
from dialogs.booking.flow import BookingFlow
from dialogs.conversation import Conversation
from dialogs.fact_names import named_in
from dialogs.flow import Step, Talk
from dialogs.flows import top
from dialogs.flows.questionnaire.asked import NAME
from dialogs.flows.sensitive import withdraw
from dialogs.interpret.asked import PAUSE
from dialogs.language.analysis import analyse
from dialogs.language.precheck import asks
from dialogs.language.text import clean
from dialogs.language.tokens import Token
from dialogs.match_choice import bare
from dialogs.phrases import say
from dialogs.questions import Question, is_something, nothing, questions
from dialogs.readback import value
from dialogs.router.corrections import before
from dialogs.sensitive import SENSITIVE, asks_sensitive
from dialogs.utterance import Said

_REMOVES = re.compile(
    "(?:别|不要|不用|莫|勿|甭|不想|不给)(?:再|给|帮|我|你们?|把|去)*(?:记|算|写|填|录)(?![得错混成漏])"
    "|(?:删|去|划|拿|撤|抹)(?:掉|了|除)"
    "|(?:改|更正|改回|当)(?:成|为|作)?(?:“|「|\"|')?(?:不知道|不清楚|不确定|不晓得|没把握|未知)"
    "|[我俺](?:可|又|也|根本|从来)*(?:没有?|从未)(?:说|讲|提|表示)(?!过?我?[没不无未])(?!.*[\\d一二两三四五六七八九十])"
)
_UNNAMED = re.compile(
    "把?(?:[这那]|刚刚?才?|刚才|上面|前面)[个条样说的那]{0,4}(?:回答|答案)?(?:给我|也|先|就)*"
    "(?:(?:别|不要|不用|莫)(?:记|算|写)|(?:删|去|划|拿|抹)(?:掉|了|除))[了吧嘛啊罢上]*"
)
"""那个删掉: what it is, is not said."""


def removed(talk: Talk, said: Said) -> Step | None:
    """The step that takes out the answers that a clause names and wants gone. They are not asked
    again; where no other sensitive one is left, they go as with 撤回: with the replies that said
    them back."""
    flow = top(talk)
    if said.tap or not talk.conversation.consented or asks(said.text):
        return None
    if flow.guarded and not isinstance(flow, BookingFlow):
        return None
    if _UNNAMED.fullmatch(bare(said.text)):
        return Step(talk.conversation.enter("change"), note=say("change/which_removed"))
    asked, words = _named(talk, said)
    if not asked:
        return None
    kept = {fact for fact, told in talk.conversation.facts.items() if told != nothing(fact)}
    gone = {one.facts[0] for one in asked if not _left(talk, one, words)}
    if SENSITIVE & kept and gone >= SENSITIVE & kept and gone <= SENSITIVE:
        return withdraw(talk)
    told = [(one.title, value(one, talk)) for one in asked]
    after = talk
    for question in asked:
        after = talk.after(_without(after, question, words))
    note = say("change/removed", told=told)
    if flow.name in (NAME, "result"):
        return Step(proceed(after, before(talk)), note=note)
    return Step(after.conversation, note=note)


def _named(talk: Talk, said: Said) -> tuple[list[Question], list[Token]]:
    """The recorded answers that are wanted gone, and the words by which values are named."""
    clauses = [one for one in PAUSE.split(clean(said.text, keep_spaces=True)) if one]
    clause = next((one for one in clauses if _REMOVES.search(one)), "")
    words = analyse(clause, talk.today).message.tokens if clause else ()
    if not words or any(one.kind == "person" for one in words):
        return [], []
    named = {*(one.fact for one in words if one.fact), *named_in(clause).values()}
    asked = (one for one in questions().values() if not one.ticks and named & {*one.facts})
    return [one for one in asked if _is_there(talk, one)], [one for one in words if one.value]


def _is_there(talk: Talk, question: Question) -> bool:
    known = talk.conversation.facts
    return any(is_something(fact, known) for fact in question.facts)


def _left(talk: Talk, question: Question, words: list[Token]) -> list[str]:
    """Of a fact that takes several values, those that nobody wants gone."""
    values = talk.conversation.facts.get(question.facts[0])
    gone = {one.value for one in words}
    if not isinstance(values, list) or not gone.intersection(map(str, values)):
        return []
    return [str(one) for one in values if one not in gone]


def _without(talk: Talk, question: Question, words: list[Token]) -> Conversation:
    if left := _left(talk, question, words):
        return learn(talk.conversation, {question.facts[0]: [*left]}, ())
    if question.after and not asks_sensitive(question):  # as if its line were not ticked
        none = {fact: nothing(fact) for fact in question.facts}
        return learn(talk.conversation, none, [question.id])
    return give_up(talk.conversation, question)
