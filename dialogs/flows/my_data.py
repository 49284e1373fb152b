"""我的数据 and 删除我的数据: the service fulfils both."""

from dialogs.conversation import Conversation
from dialogs.early import MINUTES
from dialogs.flow import Flow, Step, Talk
from dialogs.flows.change import changeable
from dialogs.intents.agreement import declines
from dialogs.phrases import ask, reply, say
from dialogs.questions import Question
from dialogs.readback import value as value_of
from dialogs.reply import Reply
from dialogs.requests import DeleteMyData, Request, ShowMyData
from dialogs.utterance import Said


class MyData(Flow):
    """Shows in short what is kept: the answers, and what the service adds from its own tables (a
    mapping by kind: `booking`, `notices` …). The page it links to shows all of it."""

    name = "my_data"
    passing = True

    def ask(self, talk: Talk) -> Reply:
        own, other = talk.conversation.own, talk.conversation.other
        given = any(one.sensitive and one.sensitive.yes for one in (own, other) if one)
        change = ("word:change",) if changeable(talk) else ()
        withdraw = ("word:withdraw",) if given else ()
        keys = (*change, *withdraw, "word:delete_my_data", "back")
        return ask("my_data/ask", self.name, keys)

    def answer(self, talk: Talk, said: Said) -> Step | None:
        if self.picked(talk, said) == "back":
            return Step(talk.conversation.leave())
        return None

    def fulfilled(self, talk: Talk, request: Request[object], value: object) -> Step:
        del request
        kept = ShowMyData().outcome(value)
        booking = kept.get("booking", {})
        other = talk.conversation.other
        told = reply(
            "my_data/kept",
            answers=_answers(talk.after(talk.conversation.own)),
            other=other.whose if other else "",
            others=_answers(talk.after(other)) if other else [],
            papers=talk.conversation.own.papers,
            appointments=booking.get("appointments", ()),
            held=booking.get("held", ()),
            waiting=booking.get("waiting", ()),
            worksheets=len(kept.get("review", {}).get("worksheets", ())),
            notices=len(kept.get("notices", ())),
            replies=len(kept.get("replies", ())),
            early=talk.conversation.early,
            minutes=MINUTES,
        )
        return Step(talk.conversation, note=told.text, links=told.links)


class DeleteData(Flow):
    """Deletes everything after one confirmation."""

    name = "delete_my_data"
    guarded = True
    sure = True

    def ask(self, talk: Talk) -> Reply:
        del talk
        return ask("my_data/delete", self.name, ("yes", "no"))

    def answer(self, talk: Talk, said: Said) -> Step | None:
        match self.picked(talk, said) or ("no" if declines(said) else None):
            case "yes":
                return Step(talk.conversation, request=DeleteMyData())
            case "no":
                return Step(talk.conversation.leave(), note=say("my_data/not_deleted"))
        return None

    def fulfilled(self, talk: Talk, request: Request[object], value: object) -> Step:
        del talk, request, value
        return Step(Conversation(), reply=reply("my_data/deleted"))


def _answers(talk: Talk) -> list[tuple[str, str]]:
    return [(one.title, _told(one, talk)) for one in changeable(talk)]


def _told(question: Question, talk: Talk) -> str:
    """An answer; of several numbers also that the others are none: 个税 4000 元，其余没有."""
    facts, told = talk.conversation.facts, value_of(question, talk)
    values = [facts.get(fact) for fact in question.fields]
    return say("my_data/others_none", told=told) if any(values) and 0 in values else told


def show(talk: Talk) -> Step:
    """The step of the word 我的数据."""
    return Step(talk.conversation.enter("my_data"), request=ShowMyData())
