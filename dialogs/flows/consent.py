"""The welcome, the privacy notice and the consent, before the first question."""

from dialogs.agenda import pending, proceed
from dialogs.flow import Flow, Step, Talk
from dialogs.reply import Reply
from dialogs.utterance import Said
from dialogs.words import reply, say


class Consent(Flow):
    """Nothing about the person is kept until 同意."""

    name = "consent"
    guarded = True
    sure = True

    def ask(self, talk: Talk) -> Reply:
        del talk
        return reply("consent/again", self.name)

    def answer(self, talk: Talk, said: Said) -> Step | None:
        match self.picked(talk, said):
            case "agree":
                agreed = talk.conversation.but(consented=True)
                after = talk.after(agreed)
                note = say("consent/agreed", questions=len(pending(after)))
                return Step(proceed(after), note=note)
            case "browse":
                note = say("home/overview", estimate=talk.estimate)
                return Step(talk.conversation.go("home"), note=note)
            case "decline":
                return Step(talk.conversation.go("home"), note=say("consent/declined"))
        return None


def welcome(talk: Talk) -> Step:
    """The greeting, said once: who this is, what it can do, what it keeps."""
    return Step(talk.conversation.go(Consent.name), reply=reply("consent/welcome", Consent.name))
