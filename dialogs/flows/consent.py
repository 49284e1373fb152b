"""The welcome, the privacy notice and the consent, before the first question."""

import re
from collections.abc import Sequence
from dataclasses import replace

from dialogs import faq
from dialogs.agenda import follow_ups, pending, proceed
from dialogs.asked_along import Along
from dialogs.booking.for_whom import for_whom
from dialogs.booking.intent import intent_of
from dialogs.booking.moves import OF_BOOKING
from dialogs.booking.request import Wish, wished
from dialogs.consent_texts import general
from dialogs.conversation import Conversation
from dialogs.early import MINUTES, anonymous, held
from dialogs.flow import Step, Talk
from dialogs.flows.asking_consent import AskingConsent
from dialogs.flows.topics import also_asked
from dialogs.goals import goal
from dialogs.intents.agreement import consents, refuses_consent
from dialogs.intents.consenting import consenting
from dialogs.intents.household import wished_for
from dialogs.intents.points import drops_goal
from dialogs.intents.remarks import asks
from dialogs.intents.words import TAP, word
from dialogs.interpret import hear
from dialogs.labels import Key
from dialogs.match_choice import bare
from dialogs.phrases import ask, offered, say
from dialogs.recent import OTHER_PERMIT
from dialogs.reply import Choice, Reply
from dialogs.requests import DeleteMyData, Request
from dialogs.states import ConsentState
from dialogs.utterance import Chosen, Said, Utterance
from dialogs.young import is_young

OF_DATA = frozenset({"my_data", "delete_my_data", "withdraw"})
"""Words about one's data: of who is not known there are none."""


class Consent(AskingConsent):
    """Nothing about the person is kept until 同意; what is told before is held, and heard with the
    yes. Questions are answered."""

    name = "consent"
    remembers = ConsentState

    def ask(self, talk: Talk) -> Reply:
        return ask(
            "consent/again",
            self.name,
            _keys_again(talk),
            early=talk.conversation.early,
            minutes=MINUTES,
            booking=booking(talk),
            wish=told_of(aim(talk)),
        )

    def choices(self, talk: Talk) -> Sequence[Choice]:
        return offered("consent/again", self.name, _keys_again(talk))

    def answer(self, talk: Talk, said: Said) -> Step | None:
        picked = self.picked(talk, said)
        match picked:
            case "agree":
                return _agreed(talk)
            case "book":
                return _to_book(talk)
            case "browse":
                note = say("home/overview", estimate=talk.estimate)
                return Step(talk.conversation.go("home"), note=note)
            case "decline":
                return Step(talk.conversation, request=DeleteMyData())
        if refuses_consent(said):
            return Step(talk.conversation, request=DeleteMyData())
        return _agreed(talk) if consents(said) else None

    def fulfilled(self, talk: Talk, request: Request[object], value: object) -> Step:
        """After a no nothing is left that leads to the person, not even that they said it."""
        del request, value
        told = Reply(say("consent/declined", early=talk.conversation.early))
        return Step(Conversation(), reply=told)


def _keys(books: bool) -> tuple[str | Key, ...]:
    agree = ("book", Key("agree", "agree_besides")) if books else ("agree",)
    return (*agree, "browse")


def _keys_again(talk: Talk) -> tuple[str | Key, ...]:
    return (*_keys(booking(talk)), "decline")


def _agreed(talk: Talk) -> Step:
    """On to the questions, with what was told before."""
    facts, places = _sorted(talk)
    agreed = _consented(talk, places)
    after = talk.after(agreed)
    left = pending(after)
    note = say(
        "consent/agreed",
        questions=len(left),
        most=len(left) + follow_ups(after, left),
        early=talk.conversation.early,
        expired=talk.state_as(ConsentState).told and not talk.conversation.early,
        minutes=MINUTES,
    )
    return Step(proceed(after), note=note, again=facts)


def _to_book(talk: Talk) -> Step:
    """On to the place and the time that were said; what was told of oneself is kept first."""
    facts, places = _sorted(talk)
    agreed = _consented(talk, places).go("home")
    below = proceed(talk.after(agreed)) if facts else agreed
    wanted = talk.state_as(ConsentState).wanted
    for said in _early(talk):
        intent = intent_of(said.text, talk.today)
        wanted = intent.wanted if intent else wanted
    note = next(filter(None, (for_whom(said.text) for said in _early(talk))), "")
    return Step(below, note=note, again=(*facts, Said("", tap=f"{TAP}{wanted}")))


def _consented(talk: Talk, places: str) -> Conversation:
    """Nothing is held any more; that another permit was spoken of is kept in mind."""
    other = talk.conversation.recent.topic == OTHER_PERMIT
    return talk.conversation.but(
        consent=general().answered(talk.now), early=(), destination=places, other_permit=other
    )


def _sorted(talk: Talk) -> tuple[tuple[Said, ...], str]:
    """What was told before the consent, and where and when one wants to come."""
    early = _early(talk)
    facts = tuple(one for one in early if wished_for(one)[0] or tells(talk, one))
    others = tuple(one for one in early if one not in facts and _wishes(talk, one))
    return (*facts, *others), str(aim(talk))


def _early(talk: Talk) -> list[Said]:
    return [Said(one.text) for one in talk.conversation.early if one.kind == "message"]


def aim(talk: Talk) -> Wish:
    """Where and when one wants to come, from all that was said before the consent."""
    wish = Wish()
    for said in _early(talk):
        found = intent_of(said.text, talk.today, within=booking(talk))
        later = found.wish if found else wished(said.text, talk.today, asked_where=True)
        wish = later.over(wish) if later and (found or not tells(talk, said)) else wish
    return wish


def told_of(wish: Wish) -> str:
    """Where and when a person wants to come, in words; "" where neither was said."""
    places = [one.title for one in wish.townships]
    return say("booking/wish", places=places, day=wish.day, at=wish.at)


def booking(talk: Talk) -> bool:
    """Whether an appointment is what it is for."""
    return bool(talk.conversation.waiting and talk.state_as(ConsentState).booking)


def tells(talk: Talk, said: Said) -> bool:
    """Whether a message tells facts about the person."""
    heard = hear(None, said, talk.today)
    return bool(heard.facts or heard.confirm)


def _wishes(talk: Talk, said: Said) -> bool:
    """Whether a message says whom to count for, how many points one wants, or that one does not."""
    noted = bool(talk.conversation.early) and drops_goal(said.text)
    return bool(wished_for(said)[0] or goal(said, talk.today) or noted)


def aims(talk: Talk, said: Said) -> bool:
    """Whether a message says where or when one wants to come."""
    if intent_of(said.text, talk.today):
        return True
    return booking(talk) and bool(wished(said.text, talk.today, asked_where=True))


def withheld(talk: Talk, said: Said) -> Step | None:
    """The step that holds a message until the consent, and asks for it; None where there is nothing
    to hold. A yes with something behind it is the yes, and counts what was behind."""
    said = Said(anonymous(said.text))
    asked = talk.conversation.top.flow == Consent.name
    if asked and (Consent().picked(talk, said) or refuses_consent(said)):
        return None
    if (consent := consenting(said)) and consent.yes:
        return _agreed_besides(talk, Said(consent.rest))
    told, question = _parted(talk, said)
    if told is None:
        return None
    conversation, note = _held(talk, told)
    aiming = aims(talk, told) or booking(talk)
    step = Step(conversation.go(Consent.name, ConsentState(told=True, booking=aiming)), note=note)
    return _answered(talk, question, step) if question else step


_ONE_S_NAME = re.compile(
    "^[，, ]*(?:我?叫|我是)?(?!阿[姨婆公妈爸]|小[孩弟妹姨舅叔姑朋]|老[公婆爸妈伴爹娘弟妹师乡板])"
    "[阿小老][\u4e00-\u9fff](?=[，, ]+(?:今年)?\\d)"
)
"""同意啊 阿强 24: a name beside one's own yes is one's own."""


def _agreed_besides(talk: Talk, besides: Said) -> Step:
    """On to the questions, with what was told or asked beside the yes."""
    if booking(talk) and not bare(besides.text):
        return _to_book(talk)
    besides = Said(_ONE_S_NAME.sub("", besides.text))
    told, question = _parted(talk, besides)
    if told is None and asks(besides.text):
        question = Along(besides.text, besides.text)
    step = _agreed(talk.after(_held(talk, told)[0]) if told else talk)
    return replace(step, question=question) if question else step


def _parted(talk: Talk, said: Said) -> tuple[Said | None, Along | None]:
    """What a message tells, and what it asks."""
    if aims(talk, said):
        return said, None
    if tells(talk, said) or _wishes(talk, said):
        question = hear(None, said, talk.today).question
        return said, Along(question, said.text) if question else None
    return None, None


def _held(talk: Talk, said: Said) -> tuple[Conversation, str]:
    """The conversation with one more message, and what is to be said of it."""
    conversation = held(talk.conversation, said.text, talk.now)
    return (conversation, "") if conversation else (talk.conversation, say("consent/enough"))


def _answered(talk: Talk, question: Along, step: Step) -> Step:
    """The step with the answer to what is asked beside what was told; how many points there are in
    all is told after the consent."""
    found = question.found(talk.find)
    if question.of_total or not told_outright(found):
        return step
    told = faq.answer(found.topics[0], talk.rules, talk.today)
    id, *others = found.topics if found.decision == "likely" else found.topics[:1]
    also = also_asked(talk, question.whole, id)
    note = f"{step.note}\n{told.text}\n{say('topics/also') if also else ''}".strip()
    offered = also or tuple(others)
    return replace(step, note=note, links=told.links, topic=id, offered=offered)


def told_outright(found: faq.Found, guess: bool = True) -> bool:
    """Whether a question is answered beside what was told; a `guess` may do for what asks."""
    return found.decision == "answer" or (guess and found.asks and found.decision == "likely")


def _found(talk: Talk, question: Along | None, said: Said | None) -> faq.Found | None:
    """The topic of what is asked with the first message."""
    if question is not None:
        return None if question.of_total else question.found(talk.find)
    return talk.find(said.text) if said else None


def welcome(talk: Talk, utterance: Utterance) -> Step:
    """The greeting, said once: who this is, what it can do, what it keeps; and the answer to what
    a person asks before all else."""
    said = None
    if isinstance(utterance, Said):
        said = replace(utterance, text=anonymous(utterance.text))
    word_said = utterance.key if isinstance(utterance, Chosen) else said and word(said)
    child = said is not None and is_young(talk, said)
    read = said and said.tap is None and not child
    told, question = _parted(talk, said) if said and read else (None, None)
    conversation = _held(talk, told)[0] if told else talk.conversation
    guess = bool(question or not (told or word_said))
    found = None if child else _found(talk, question, said)
    asked = found and told_outright(found, guess)
    answer = faq.answer(found.topics[0], talk.rules, talk.today) if found and asked else None
    also = also_asked(talk, said.text, found.topics[0]) if said and answer and found else ()
    books = word_said in OF_BOOKING or bool(told and aims(talk, told))
    greeting = ask(
        "consent/welcome",
        Consent.name,
        _keys(books),
        region=talk.rules.region,
        minutes=MINUTES,
        early=conversation.early,
        answer=answer,
        also=also,
        young=child,
        booking=books,
        wish=told_of(aim(talk.after(conversation))),
    )
    greeting = replace(greeting, links=(*greeting.links, *(answer.links if answer else ())))
    asked_for = ConsentState(told=told is not None, booking=books)
    asking = conversation.go(Consent.name, asked_for)
    if word_said in OF_DATA:
        greeting = greeting.after(say("my_data/nothing"))
    topic = found.topics[0] if found and answer else ""
    return Step(asking, reply=greeting, topic=topic, offered=also)
