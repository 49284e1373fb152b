"""材料清单: the papers by office, ticked as had or missing; whether there is time for the rest."""

from __future__ import annotations

from dataclasses import replace

from dialogs.booking.protocol import ShowMine
from dialogs.flow import Flow, Step, Talk
from dialogs.in_time import prospects, working_days
from dialogs.next_step import lacks_permit
from dialogs.papers import by_office, missing, papers, ticked, undecided
from dialogs.phrases import ask, say
from dialogs.reply import Reply, unnumbered
from dialogs.requests import Request
from dialogs.result_views import pages
from dialogs.screen import fits_screen
from dialogs.states import PapersState
from dialogs.ticking import asked_about, told
from dialogs.utterance import Said

QUESTIONNAIRE = "questionnaire"


class Papers(Flow):
    """The only numbers here are those of the papers: 有 1 3, 3去哪办, 3. The choices go by their
    labels."""

    name = "papers"
    remembers = PapersState
    passing = True

    def ask(self, talk: Talk) -> Reply:
        state, blocks = talk.state_as(PapersState), _by_office(talk)
        by_office = state.by_office or fits_screen("\n".join(blocks))
        shown = pages(blocks if by_office else _names(talk))
        page = min(state.page, len(shown))
        more = page < len(shown)
        asked = _asked("papers/list", more=more, offices=not by_office, page=page, pages=len(shown))
        return replace(asked, text=f"{shown[page - 1]}\n{asked.text}".strip())

    def again(self, talk: Talk) -> Reply:
        """How far one is, not the whole list once more under what was just said."""
        listing = papers(talk)
        lacking, open_still = missing(listing), undecided(listing)
        return _asked("papers/again", more=False, missing=lacking, undecided=open_still)

    def answer(self, talk: Talk, said: Said) -> Step | None:
        if said.tap is None and (step := _ticking(talk, said)):
            return step
        match self.picked(talk, said):
            case "more":
                state = talk.state_as(PapersState)
                return Step(talk.conversation.stay(state.but(page=state.page + 1)))
            case "offices":
                return Step(talk.conversation.stay(PapersState(by_office=True)))
            case "back":
                return Step(talk.conversation.leave())
        return None if said.tap else _about(talk, said)

    def fulfilled(self, talk: Talk, request: Request[object], value: object) -> Step:
        """What one has at the desk: whether there is time for what is missing."""
        del request
        place = ShowMine().outcome(value).place
        listing = papers(talk)
        goal = talk.conversation.goal
        visit = place.starts_at.date() if place else goal.by if goal else None
        visit = visit if visit and visit >= talk.today else None
        told = _asked(
            "papers/in_time",
            booked=place is not None,
            place=place,
            visit=visit,
            days=(visit - talk.today).days if visit else 0,
            working=working_days(talk.today, visit) if visit else 0,
            prospects=prospects(missing(listing), talk.today, visit or talk.today),
            undecided=undecided(listing),
        )
        return Step(talk.conversation, reply=told)


def in_time(talk: Talk) -> Step:
    """The step of 来得及吗: the desk knows the day."""
    return Step(talk.conversation.enter(Papers.name), request=ShowMine())


def _asked(
    template: str,
    *,
    more: bool = False,
    offices: bool = False,
    booked: bool | None = None,
    **values: object,
) -> Reply:
    next_step = {None: "word:in_time", True: "word:move_booking", False: "word:book"}[booked]
    first = [key for key, shown in (("more", more), ("offices", offices)) if shown]
    keys = (*first, "back", next_step)
    asked = ask(template, Papers.name, keys, more=more, **values)
    return replace(asked, choices=unnumbered(asked.choices))


def _permit_first(talk: Talk) -> list[str]:
    """What comes before all papers, where the permit is lacking."""
    other = talk.conversation.other_permit
    return [say("papers/permit_first", other_permit=other)] if lacks_permit(talk) else []


def _names(talk: Talk) -> list[str]:
    """What to bring, of a list that is too long for one screen with the offices."""
    listing = papers(talk)
    return [
        *_permit_first(talk),
        say("papers/names", papers=listing),
        say("papers/how", papers=listing, brief=True),
    ]


def _by_office(talk: Talk) -> list[str]:
    listing = papers(talk)
    labels = {one.id: one.label for one in talk.estimate.categories()}
    rest = [one for one in talk.estimate.evidence if not one.papers]
    return [
        say("papers/head", papers=listing),
        *_permit_first(talk),
        *(say("papers/office", office=office, papers=own) for office, own in by_office(listing)),
        *(say("papers/none_needed", one=one, labels=labels) for one in rest),
        say("papers/how", papers=listing, brief=False),
    ]


def _ticking(talk: Talk, said: Said, **how: bool) -> Step | None:
    listing = papers(talk)
    heard = told(said.text, listing, talk.today, **how)
    if not heard:
        return None
    ticks = ticked(talk.conversation.papers, heard, listing)
    note = say("papers/ticked", said=heard)
    return Step(talk.conversation.but(papers=ticks), note=note)


def told_later(talk: Talk, said: Said) -> Step | None:
    """公积金那张开好了, after the list was left: kept, with how far one is."""
    if said.tap or not (talk.conversation.consented and talk.conversation.facts):
        return None
    asking = talk.conversation.top.flow == QUESTIONNAIRE  # numbers are those of its answers
    step = _ticking(talk, said, by_name=True, numbers=not asking)
    if step is None:
        return None
    there = talk.after(step.conversation.enter(Papers.name))
    return Step(there.conversation, reply=Papers().again(there).after(step.note))


def _about(talk: Talk, said: Said) -> Step | None:
    """3去哪办: where that paper is had, who looks at it, what is not known of it."""
    paper = asked_about(said.text, papers(talk))
    return Step(talk.conversation, note=say("papers/about", paper=paper)) if paper else None
