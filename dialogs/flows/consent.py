"""The welcome, the privacy notice and the consent, before the first question."""

from dialogs.agenda import proceed
from dialogs.flow import Flow, Step, Talk
from dialogs.reply import Reply
from dialogs.utterance import Said
from dialogs.words import reply, say


class Consent(Flow):
    """Greets once; nothing about the person is kept until 同意."""

    name = "consent"
    guarded = True

    def ask(self, talk: Talk) -> Reply:
        return reply("consent/again" if talk.state.get("again") else "consent/welcome", self.name)

    def answer(self, talk: Talk, said: Said) -> Step | None:
        match self.picked(talk, said):
            case "agree":
                agreed = talk.conversation.but(consented=True)
                return Step(proceed(talk.after(agreed)), note=say("consent/agreed"))
            case "browse":
                return Step(talk.conversation.go("home"))
            case "decline":
                return Step(talk.conversation.go("home"), note=say("consent/declined"))
        return None

    def retry(self, talk: Talk, said: Said) -> Reply:
        again = talk.after(talk.conversation.stay(again=True))
        return super().retry(again, said)
