"""One person's chat about booking, with a scripted desk."""

from datetime import datetime

from dialogs.conversation import Conversation
from dialogs.engine import converse
from dialogs.rendering import LIMIT, plain, wechat
from dialogs.utterance import Followed, Outcome, Said
from scoring import load_ruleset
from tests.dialogs.booking.scripted import NOW, ZONE, ScriptedDesk

RULES = load_ruleset("yongjia-2022")
NINE = datetime(2026, 11, 24, 9, tzinfo=ZONE)


class Phone:
    """One person's chat."""

    def __init__(self, consented: bool = True) -> None:
        self.now = NOW
        self.desk = ScriptedDesk()
        self.conversation = Conversation()
        self.reply = None
        self.do(Followed())
        if consented:
            self.say("1", "退出")  # at home

    def do(self, utterance) -> str:
        turn = converse(self.conversation, utterance, self.now, RULES)
        for _ in range(4):
            if turn.request is None:
                break
            outcome = Outcome(turn.request, self.desk(turn.request))
            turn = converse(turn.conversation, outcome, self.now, RULES)
        assert turn.reply is not None
        self.conversation, self.reply = turn.conversation, turn.reply
        assert len(wechat(turn.reply, "https://jf.example.cn").encode()) <= LIMIT
        return plain(turn.reply)

    def say(self, *texts: str) -> str:
        for text in texts:
            shown = self.do(Said(text))
        return shown

    def tap(self, label: str) -> str:
        choice = next(one for one in self.reply.choices if label in one.label)
        return self.do(Said(choice.label, tap=choice.tap))

    def asked(self, kind):
        return [request for request in self.desk.asked if isinstance(request, kind)]

    @property
    def at(self) -> str:
        return self.conversation.top.flow
