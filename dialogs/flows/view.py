"""Longer things to read, page by page: 明细, 加分, 变化."""

from __future__ import annotations

from dialogs.flow import Flow, Step, Talk
from dialogs.phrases import ask
from dialogs.reply import Reply
from dialogs.result_views import blocks, pages
from dialogs.states import ViewState
from dialogs.utterance import Said


class View(Flow):
    """A longer text that is open."""

    name = "view"
    remembers = ViewState
    passing = True

    def ask(self, talk: Talk) -> Reply:
        return self._page(talk, again=False)

    def again(self, talk: Talk) -> Reply:
        """Where one was, not the whole page once more under what was just said."""
        return self._page(talk, again=True)

    def _page(self, talk: Talk, *, again: bool) -> Reply:
        shown, state = pages(blocks(talk)), talk.state_as(ViewState)
        page = min(state.page, len(shown))
        asked = ask(
            "view/page",
            self.name,
            ("more", "back") if page < len(shown) else ("back",),
            view=state.view,
            page=page,
            pages=len(shown),
            more=page < len(shown),
            again=again,
        )
        text = asked.text if again else f"{shown[page - 1]}\n{asked.text}".strip()
        return Reply(text, asked.choices, asked.links)

    def answer(self, talk: Talk, said: Said) -> Step | None:
        match self.picked(talk, said):
            case "more":
                state = talk.state_as(ViewState)
                return Step(talk.conversation.stay(state.but(page=state.page + 1)))
            case "back":
                return Step(talk.conversation.leave())
        return None
