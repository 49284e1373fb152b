"""Under 14: nothing of a child is kept, and the way through a parent is named."""

from __future__ import annotations

from dialogs.agenda import proceed
from dialogs.conversation import Conversation, Early, Profile
from dialogs.early import MINUTES
from dialogs.flow import Flow, Step, Talk
from dialogs.phrases import ask, say
from dialogs.reply import Reply
from dialogs.requests import DeleteMyData, Request
from dialogs.utterance import Said
from dialogs.young import is_young


class Guardian(Flow):
    """Asks whether it is a child who writes, or whose turn it is; a parent may have written a
    child's date of birth. What was told before is held sealed for some minutes meanwhile, and the
    message itself is not kept. Stands alone: with a yes there is nothing to go back to."""

    name = "guardian"
    guarded = True
    personal = True

    def ask(self, talk: Talk) -> Reply:
        whose = talk.conversation.whose
        return ask("guardian/ask", self.name, ("grown", "child"), whose=whose, minutes=MINUTES)

    def answer(self, talk: Talk, said: Said) -> Step | None:
        match self.picked(talk, said):
            case "grown":
                return _grown(talk)
            case "child":
                return _child(talk)
        return None

    def command(self, talk: Talk, word: str) -> Step | None:
        if word in ("skip", "unknown"):
            return Step(talk.conversation.leave(), note=say("guardian/later"))
        return None

    def fulfilled(self, talk: Talk, request: Request[object], value: object) -> Step:
        del talk, request, value
        return Step(Conversation(), reply=Reply(say("guardian/left")))


def guarded(talk: Talk, said: Said) -> Step | None:
    """The step after a message that says a person under 14 is counted; None for all others."""
    if not is_young(talk, said):
        return None
    conversation = talk.conversation
    if not conversation.consented:
        return Step(conversation.but(early=()).go("consent"), note=say("guardian/first"))
    if conversation.top.flow == Guardian.name:
        return _child(talk)
    told = conversation.turned().aside or Profile()
    held = Early(text=told.model_dump_json(), at=talk.now, kind="young", whose=conversation.whose)
    early = tuple(one for one in conversation.early if one.kind != "young")
    return Step(_blank(conversation).but(early=(*early, held)).go(Guardian.name))


def _blank(conversation: Conversation) -> Conversation:
    """The conversation without anything told of the one whose turn it is."""
    blank = Profile(whose=conversation.whose)
    return conversation.but(
        **{name: getattr(blank, name) for name in Profile.model_fields}, goal=None, destination=""
    )


def _grown(talk: Talk) -> Step:
    """It was a slip: what is still held counts again, and one goes on."""
    conversation = talk.conversation
    held = [one for one in conversation.early if one.kind == "young"]
    back = conversation.but(early=tuple(one for one in conversation.early if one not in held))
    for one in held:
        told = Profile.model_validate_json(one.text)
        back = back.but(**{name: getattr(told, name) for name in Profile.model_fields})
    note = say("guardian/grown", expired=not held, minutes=MINUTES)
    return Step(proceed(talk.after(back)), note=note)


def _child(talk: Talk) -> Step:
    """Nothing of a child is kept: of one's own, all goes; of the other one, what was told."""
    conversation = talk.conversation
    if not conversation.whose:
        return Step(conversation, request=DeleteMyData())
    early = tuple(one for one in conversation.early if one.whose != conversation.whose)
    own = conversation.own.but(aside=None, early=early)
    return Step(proceed(talk.after(own)), note=say("guardian/other", whose=conversation.whose))
