"""重新开始: everything answered is dropped, after a yes."""

from dialogs.agenda import proceed
from dialogs.conversation import Ticks
from dialogs.flow import Flow, Step, Talk
from dialogs.phrases import ask, say
from dialogs.reply import Reply
from dialogs.utterance import Said


class Restart(Flow):
    """Asked once more before the answers are dropped."""

    name = "restart"
    guarded = True

    def ask(self, talk: Talk) -> Reply:
        return ask(
            "restart/ask", self.name, ("yes", "no"), answered=len(talk.conversation.answered)
        )

    def answer(self, talk: Talk, said: Said) -> Step | None:
        match self.picked(talk, said):
            case "yes":
                fresh = talk.conversation.but(
                    facts={},
                    answered=(),
                    passed=(),
                    other_permit=False,
                    no_lease=False,
                    born_in=None,
                    papers=Ticks(),
                )
                return Step(proceed(talk.after(fresh)), note=say("restart/done"))
            case "no":
                return Step(talk.conversation.leave(), note=say("restart/kept"))
        return None
