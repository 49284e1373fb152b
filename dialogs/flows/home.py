"""The place between things: ask anything, start, go on."""

from dialogs.flow import Flow, Step, Talk
from dialogs.phrases import ask
from dialogs.reply import Reply
from dialogs.utterance import Said


class Home(Flow):
    """Offers what can be done; every text here is taken as a question."""

    name = "home"

    def ask(self, talk: Talk) -> Reply:
        begun = ("word:resume", "word:result") if talk.conversation.facts else ("word:start",)
        return ask("home/ask", self.name, (*begun, "word:book"))

    def answer(self, talk: Talk, said: Said) -> Step | None:
        del talk, said
        return None  # its choices are reserved words
