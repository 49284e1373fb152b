"""The place between things: ask anything, start, go on."""

from dialogs.flow import Flow, Step, Talk
from dialogs.phrases import reply
from dialogs.reply import Reply
from dialogs.utterance import Said


class Home(Flow):
    """Offers what can be done; every text here is taken as a question."""

    name = "home"

    def ask(self, talk: Talk) -> Reply:
        return reply("home/ask", self.name, begun=bool(talk.conversation.facts))

    def answer(self, talk: Talk, said: Said) -> Step | None:
        del talk, said
        return None  # its choices are reserved words
