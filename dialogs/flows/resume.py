"""After half an hour of silence: go on with last time, or start again."""

from dialogs.flow import Flow, Step, Talk
from dialogs.phrases import ask
from dialogs.reply import Reply
from dialogs.states import ResumeState
from dialogs.utterance import Said


class Resume(Flow):
    """Stands above what was interrupted. What was said is heard when one goes on."""

    name = "resume"
    remembers = ResumeState
    passing = True

    def ask(self, talk: Talk) -> Reply:
        about = talk.state_as(ResumeState).about
        return ask("resume/ask", self.name, ("resume", "restart"), about=about)

    def command(self, talk: Talk, word: str) -> Step | None:
        return _go_on(talk) if word in ("resume", "back") else None

    def answer(self, talk: Talk, said: Said) -> Step | None:
        match self.picked(talk, said):
            case "resume":
                return _go_on(talk)
            case "restart":
                return Step(talk.conversation.leave().enter("restart"))
        return None


def _go_on(talk: Talk) -> Step:
    said = talk.state_as(ResumeState).said
    return Step(talk.conversation.leave(), again=(Said(said),) if said else ())
