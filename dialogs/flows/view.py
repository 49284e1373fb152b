"""Longer things to read, page by page: 明细, 加分, 变化."""

from __future__ import annotations

from dialogs.flow import Flow, Step, Talk
from dialogs.phrases import ask
from dialogs.reply import Reply
from dialogs.result_views import blocks, pages
from dialogs.utterance import Said


class View(Flow):
    """State: `view`, `page` from 1."""

    name = "view"
    passing = True

    def ask(self, talk: Talk) -> Reply:
        return self._page(talk, again=False)

    def again(self, talk: Talk) -> Reply:
        """Where one was, not the whole page once more under what was just said."""
        return self._page(talk, again=True)

    def _page(self, talk: Talk, *, again: bool) -> Reply:
        shown = pages(blocks(talk))
        page = min(_page(talk), len(shown))
        asked = ask(
            "view/page",
            self.name,
            ("more", "back") if page < len(shown) else ("back",),
            view=talk.state["view"],
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
                return Step(talk.conversation.stay(**{**talk.state, "page": _page(talk) + 1}))
            case "back":
                return Step(talk.conversation.leave())
        return None


def _page(talk: Talk) -> int:
    page = talk.state.get("page", 1)
    return page if isinstance(page, int) else 1
