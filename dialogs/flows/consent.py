"""The welcome, the privacy notice and the consent, before the first question."""

from dataclasses import replace

from dialogs import faq
from dialogs.agenda import pending, proceed
from dialogs.booking.outcomes import OF_BOOKING, start
from dialogs.booking.townships import find_townships
from dialogs.flow import Flow, Step, Talk
from dialogs.intents import destination, word
from dialogs.language import several
from dialogs.phrases import reply, say
from dialogs.reply import Reply
from dialogs.utterance import Chosen, Said, Utterance


class Consent(Flow):
    """Nothing about the person is kept until 同意, not even to be read after it: somebody who told
    something before is asked to say it again. Questions are answered. State: `told`, whether
    something was told; `booking`, whether this is on the way to an appointment."""

    name = "consent"

    def ask(self, talk: Talk) -> Reply:
        return reply("consent/again", self.name, told=told(talk), booking=booking(talk))

    def answer(self, talk: Talk, said: Said) -> Step | None:
        match self.picked(talk, said):
            case "agree":
                agreed = talk.conversation.but(consented=True)
                after = talk.after(agreed)
                note = say("consent/agreed", questions=len(pending(after)), told=told(talk))
                return Step(proceed(after), note=note)
            case "book":
                agreed = talk.conversation.but(consented=True).go("home")
                return start(talk.after(agreed))
            case "browse":
                note = say("home/overview", estimate=talk.estimate)
                return Step(talk.conversation.go("home"), note=note)
            case "decline":
                return Step(talk.conversation.go("home"), note=say("consent/declined"))
        if tells(talk, said) or (booking(talk) and find_townships(said.text)):
            return Step(talk.conversation.stay(**{**talk.state, "told": True}))
        return None


def told(talk: Talk) -> bool:
    """Whether something was told that could not be kept."""
    return bool(talk.conversation.waiting and talk.state.get("told"))


def booking(talk: Talk) -> bool:
    """Whether an appointment is what it is for."""
    return bool(talk.conversation.waiting and talk.state.get("booking"))


def tells(talk: Talk, said: Said) -> bool:
    """Whether a message tells facts about the person."""
    named = several(said.text, talk.today)
    return bool(named.values or named.refused)


def welcome(talk: Talk, utterance: Utterance) -> Step:
    """The greeting, said once: who this is, what it can do, what it keeps; and the answer to what
    somebody asks before all else."""
    said = utterance if isinstance(utterance, Said) else None
    word_said = utterance.key if isinstance(utterance, Chosen) else said and word(said)
    books = word_said in OF_BOOKING or bool(said and destination(said))
    unkept = said is not None and tells(talk, said)
    found = talk.find(said.text) if said else None
    asked = found and found.decision == "answer"
    answer = faq.answer(found.topics[0], talk.rules, talk.today) if found and asked else None
    region = talk.rules.region
    greeting = reply(
        "consent/welcome", Consent.name, region=region, told=unkept, answer=answer, booking=books
    )
    greeting = replace(greeting, links=(*greeting.links, *(answer.links if answer else ())))
    conversation = talk.conversation.go(Consent.name, told=unkept, booking=books)
    return Step(conversation, reply=greeting)
