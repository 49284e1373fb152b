"""Reserved words, alone or in a sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs.asked_along import Along
from dialogs.booking.moves import OF_BOOKING
from dialogs.commands import command
from dialogs.flow import Step, Talk
from dialogs.flows import is_closed, top
from dialogs.flows.questionnaire.asked import NAME
from dialogs.intents.points import asks_total
from dialogs.intents.words import begins, demand, demanded, own, phrase, referring, word
from dialogs.interpret import hear
from dialogs.language.precheck import asks_outright
from dialogs.match_choice import named
from dialogs.phrases import say
from dialogs.router.answers import answered
from dialogs.side_by_side import beside
from dialogs.utterance import Said

_BEFORE_ANY_ANSWER = frozenset(
    {"mistaken", "start", "change", "my_data", "advice", *OF_BOOKING, "where", "telephone"}
)
"""Phrases that mean something before anything was told."""
_AFTER_THE_RESULT = frozenset(
    {"result", "view", "papers", "goal", "change", "my_data", "appointment"}
)
_CLAUSES = re.compile(r"[，,。;；!！?？~…\s]+")


def commanded(talk: Talk, said: Said) -> Step | None:
    """A reserved word, or what people may demand by law, as a whole message; 看不懂 at a question
    asks what is asked, and is no 不知道."""
    found = word(said) or (None if is_closed(talk) else demand(said))
    if found is None and top(talk).name == NAME and _ASKS_WHAT.search(said.text):
        found = "what" if phrase(said) == "what" else None
    return command(talk, found) if found else None


_ASKS_WHAT = re.compile("懂|意思|什么|啥")


def called(talk: Talk, said: Said) -> Step | None:
    """去哪里 上塘 有没得人: a person, or the price, as one of several clauses."""
    found = None if is_closed(talk) else demanded(said)
    return command(talk, found) if found else None


def of_own_result(talk: Talk, said: Said) -> Step | None:
    """够不, 带啥子, 咋加分 after the result: one's own result answers, no topic. 那个要带什么 asks
    of the topic that was told just now."""
    if talk.conversation.recent.told and referring(said):
        return None
    found = own(said) if top(talk).name in _AFTER_THE_RESULT else None
    if found == "both" and beside(talk) is None:
        alone = talk.conversation.other is None
        return Step(talk.conversation, note=say("profile/first", known=True)) if alone else None
    if found == "gap" and _FOR_SCHOOL.search(said.text):
        return replace(command(talk, found), offered=("school_admission",))
    return command(talk, found) if found else None


_FOR_SCHOOL = re.compile("[学读念]|公办|幼儿园|初中|高中|年级|初一")


def offered(talk: Talk, said: Said) -> Step | None:
    """A reserved word that the menu on screen offers, by its number or its label."""
    if said.tap is not None:
        return None
    meant = named(said, top(talk).choices(talk))
    found = word(Said(meant.label, tap=meant.tap)) if meant else None
    return command(talk, found) if found else None


def counting(talk: Talk, said: Said) -> Step | None:
    """刚送了一单 还有几题: how many questions are left, asked beside something else. What else is
    said may answer; the next question then says how far one is."""
    clauses = [one for one in _CLAUSES.split(said.text) if one]
    rest = [one for one in clauses if word(Said(one)) != "progress"]
    if said.tap or len(rest) == len(clauses) or top(talk).name != NAME:
        return None
    step = answered(talk, Said("，".join(rest))) if rest else None
    return step if step and not step.reply else command(talk, "progress")


def phrased(talk: Talk, said: Said) -> Step | None:
    """怎么才56分, 明年多少分: a word said in a sentence. Before anything was told it can only be
    about what is asked (怎么算的), or about an appointment."""
    if not talk.conversation.consented and not is_closed(talk) and said.tap is None:
        clauses = [Said(one) for one in _CLAUSES.split(said.text) if one]
        if any(own(one) == "both" for one in clauses):  # 我跟我老公哪个分高
            return Step(talk.conversation, note=say("profile/first", known=False))
        if clauses and phrase(clauses[0]) == "start":  # 我就想知道几分 快点
            return _begun(talk, said)
    meant = phrase(said) or _total(talk, said)
    if meant is None and (step := _begun(talk, said)):
        return step
    if not talk.conversation.consented and meant == "result":
        meant = "start"
    if not talk.conversation.facts and meant not in _BEFORE_ANY_ANSWER:
        asked = meant in ("why", "what", "details") and top(talk).name == NAME
        meant = ("what" if meant == "what" else "why") if asked else None
    if meant == "what" and top(talk).name != NAME:
        return None
    return None if meant is None or is_closed(talk) else command(talk, meant)


def _begun(talk: Talk, said: Said) -> Step | None:
    """行吧先测测看，要是乱来我就删了: the next question, or the consent before it; what is asked
    beside it is answered. Where a question waits already, it is no news."""
    if said.tap is not None or top(talk).name == NAME or is_closed(talk):
        return None
    clauses = [one for one in _CLAUSES.split(said.text) if one]
    wishes = [one for one in clauses if begins(one) or phrase(Said(one)) == "start"]
    if not wishes:
        return None
    step, rest = command(talk, "start"), [one for one in clauses if one not in wishes]
    if not talk.conversation.consented and any(map(begins, wishes)):
        step = replace(step, note=say("command/begin"))
    beside = "，".join(rest)
    asked = beside and (asks_outright(beside) or talk.find(beside).decision == "answer")
    return replace(step, question=Along(beside, said.text)) if asked else step


def _total(talk: Talk, said: Said) -> str | None:
    """帮我爸问一下，他……，这样能积多少分: what counts it, though nothing of it is one's own."""
    if said.tap is not None or "分" not in said.text:
        return None
    return "result" if asks_total(hear(None, said, talk.today).question) else None
