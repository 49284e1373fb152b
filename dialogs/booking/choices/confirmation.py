"""What for, and the yes: the place is kept meanwhile."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs.agenda import stage
from dialogs.booking.choices.choosing import Choosing
from dialogs.booking.moves import to
from dialogs.booking.outcomes.place import ran_out
from dialogs.booking.protocol import ConfirmPlace, ShowTimes
from dialogs.booking.purposes import PURPOSES, purpose_in
from dialogs.booking.states import ConfirmState, HeldState, of_held
from dialogs.flow import Step, Talk
from dialogs.intents.remarks import asks
from dialogs.labels import Key
from dialogs.phrases import ask, environment, say
from dialogs.reply import Reply
from dialogs.utterance import Said

OF_PAPERS = "documents_general"
_SHORT = 14
"""Characters of a message that says only whether to be reminded."""
_NO_REMINDER = re.compile(
    "(?:不|别|免|甭|莫|算了)[^,，。]{0,3}提醒|提醒[^,，。]{0,2}(?:不|别|免|算了)"
)
_POLITE = re.compile("(?:行吗|好吗|可以吗|行不行|可不可以)[?？。]?$")


def reminding(text: str) -> str | None:
    """Whether a short message wants to be reminded, in whatever words; None where it asks.

    >>> reminding("算了不用提醒"), reminding("到时候提醒我一下行吗"), reminding("怎么提醒")
    ('quiet', 'remind', None)
    """
    said = _POLITE.sub("", text.strip())
    if "提醒" not in said or len(said) > _SHORT or asks(said):
        return None
    return "quiet" if _NO_REMINDER.search(said) else "remind"


class AtHeld(Choosing):
    """Base of the choices while a place is kept: another time leads back to those of the day."""

    remembers: type[HeldState]

    def named(self, talk: Talk, said: Said, picked: str | None) -> Step | None:
        same = talk.state_as(HeldState).starts_at.date()
        return self.chosen(talk, picked) if picked else self.otherwise(talk, said, same)

    def command(self, talk: Talk, word: str) -> Step | None:
        return self.times_again(talk) if word == "move_booking" else super().command(talk, word)

    def quiet(self, talk: Talk) -> Step | None:
        return Step(talk.conversation, note=say("booking/no_queue"))

    def back(self, talk: Talk) -> Step | None:
        return self.times_again(talk)

    def times_again(self, talk: Talk) -> Step:
        """Back to the times of that day."""
        state = talk.state_as(HeldState)
        request = ShowTimes(state.site.id, state.starts_at.date())
        return Step(talk.conversation, request=request)


class Purpose(AtHeld):
    """What for? The place is kept meanwhile."""

    name = "book_purpose"
    remembers = HeldState

    def ask(self, talk: Talk) -> Reply:
        state = talk.state_as(HeldState)
        keys = [Key(one.id, "purpose", {"one": one}) for one in PURPOSES.values()]
        return ask(
            "booking/purpose",
            self.name,
            [*keys, Key("other", "other_time"), "stop"],
            title=state.site.title,
            starts_at=state.starts_at,
            until=state.until,
            today=talk.today,
            moving=state.moving,
        )

    def chosen(self, talk: Talk, picked: str) -> Step | None:
        if picked == "other":
            return self.back(talk)
        state = talk.state_as(HeldState)
        confirm = state.then(ConfirmState, **of_held(state), purpose=picked)
        return ran_out(talk) or Step(to(talk, "book_confirm", confirm))

    def named(self, talk: Talk, said: Said, picked: str | None) -> Step | None:
        return super().named(talk, said, picked or purpose_in(said.text))


class Confirm(AtHeld):
    """The keys of the choices name the moment, so that a tap in the bubble of another booking
    confirms nothing here."""

    name = "book_confirm"
    remembers = ConfirmState
    guarded = True
    sure = True

    def ask(self, talk: Talk) -> Reply:
        state = talk.state_as(ConfirmState)
        stamp = f"{state.starts_at:%m%d%H%M}"
        yes = [Key(f"{answer}-{stamp}", answer) for answer in ("remind", "quiet")]
        if not environment().globals["reminds"]:
            yes = [Key(f"quiet-{stamp}", "book")]
        return ask(
            "booking/confirm",
            self.name,
            [*yes, Key("other", "other_time"), "stop"],
            title=state.site.title,
            starts_at=state.starts_at,
            until=state.until,
            today=talk.today,
            purpose=PURPOSES[state.purpose],
            moving=state.moving,
            whose=talk.conversation.whose,
        )

    def named(self, talk: Talk, said: Said, picked: str | None) -> Step | None:
        return super().named(talk, said, picked or reminding(said.text))

    def beside_a_question(self, talk: Talk, said: Said) -> Step | None:
        """就约这个，要带些什么: what is booked says it of one's own answers, and it is not said of
        everyone's besides."""
        step = super().beside_a_question(talk, said)
        if step is None or step.question is None or stage(talk) != "done":
            return step
        asked = step.question.found(talk.find).topics[:1] == (OF_PAPERS,)
        return replace(step, question=None) if asked else step

    def chosen(self, talk: Talk, picked: str) -> Step | None:
        if picked == "other":
            return self.times_again(talk)
        state = talk.state_as(ConfirmState)
        wish = ConfirmPlace(
            state.site.id,
            state.starts_at,
            state.purpose,
            reminders=picked.startswith("remind"),
            moving=state.moving,
        )
        return Step(talk.conversation, request=wish)

    def back(self, talk: Talk) -> Step | None:
        state = talk.state_as(ConfirmState)
        if state.meant:  # was not asked
            return super().back(talk)
        kept = state.then(HeldState, **of_held(state))
        return Step(to(talk, "book_purpose", kept))
