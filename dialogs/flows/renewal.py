"""A new text of the consent: it is asked again before going on, and says what is new. What is said
meanwhile is held sealed, like all that is said before a consent, and counts with the yes."""

from __future__ import annotations

from dialogs.consent_texts import general
from dialogs.conversation import Conversation, Early
from dialogs.early import MINUTES, MOST
from dialogs.flow import Step, Talk
from dialogs.flows.asking_consent import AskingConsent
from dialogs.flows.topics import tell
from dialogs.intents.agreement import consents, refuses_consent
from dialogs.intents.remarks import asks
from dialogs.intents.words import ALWAYS, TAP, word
from dialogs.phrases import ask, say
from dialogs.reply import Reply
from dialogs.states import RenewalState
from dialogs.utterance import Chosen, Outcome, Said, Utterance


class Renewal(AskingConsent):
    """Stands above what goes on with the yes."""

    name = "renewal"
    remembers = RenewalState
    guarded = True

    def ask(self, talk: Talk) -> Reply:
        held = any(one.kind == "message" for one in talk.conversation.early)
        return ask(
            "renewal/ask",
            self.name,
            ("agree", "decline"),
            news=general().news,
            held=held,
            expired=talk.state_as(RenewalState).told and not held,
            minutes=MINUTES,
        )

    def answer(self, talk: Talk, said: Said) -> Step | None:
        picked = self.picked(talk, said)
        if picked == "decline" or (picked is None and refuses_consent(said)):
            return Step(talk.conversation.enter("delete_my_data"), note=say("renewal/declined"))
        return _agreed(talk) if picked == "agree" or consents(said) else None


def renewed(talk: Talk, utterance: Utterance) -> Step | None:
    """The step of an utterance under an outdated consent; None for what needs none: looking at
    one's data, deleting them, leaving, and the answer to the request itself."""
    conversation = talk.conversation
    if conversation.top.flow in ("delete_my_data", "my_data") or isinstance(utterance, Outcome):
        return None
    if isinstance(utterance, Chosen):
        utterance = Said("", tap=f"{TAP}{utterance.key}")
    if not isinstance(utterance, Said):
        return Step(_asking(conversation)) if conversation.top.flow != Renewal.name else None
    if word(utterance) in ALWAYS:
        return None
    asking = talk.after(_asking(conversation))
    if step := Renewal().answer(asking, utterance):
        return step if conversation.top.flow == Renewal.name else _held(asking, utterance)
    found = talk.find(utterance.text) if utterance.tap is None and asks(utterance.text) else None
    if found and found.decision == "answer":
        return tell(asking, found.topics[0])
    return _held(asking, utterance)


def _asking(conversation: Conversation) -> Conversation:
    """The conversation in which the consent is asked for again, above what waits."""
    if any(frame.flow == Renewal.name for frame in conversation.waiting):
        return conversation
    return conversation.enter(Renewal.name)


def _held(talk: Talk, said: Said) -> Step:
    one = Early(text=said.text, at=talk.now, tap=said.tap)
    held = (*talk.conversation.early, one)
    if len(held) > MOST:
        return Step(talk.conversation, note=say("consent/enough"))
    return Step(talk.conversation.stay(RenewalState(told=True)).but(early=held))


def _agreed(talk: Talk) -> Step:
    """The new text counts, and what was said meanwhile is heard where it was meant."""
    said = tuple(
        Said(one.text, one.tap) for one in talk.conversation.early if one.kind == "message"
    )
    left = tuple(one for one in talk.conversation.early if one.kind != "message")
    back = talk.conversation.leave().but(consent=general().answered(talk.now), early=left)
    expired = talk.state_as(RenewalState).told and not said
    return Step(back, note=say("renewal/agreed", expired=expired, minutes=MINUTES), again=said)
