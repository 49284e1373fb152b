"""A name with its figure or its denial in every frame in which people put them: by program."""

from itertools import product
from pathlib import Path

import pytest

from dialogs.data import parse
from tests.dialogs.hearing.test_sets import heard_facts

FRAMES = parse((Path(__file__).parent / "frames.yaml").read_text("utf-8"))


def told(name: str, frames: str) -> dict[str, object]:
    """What is heard of the fact in each text."""
    words = FRAMES["names"][name]
    texts = [
        frame.format(n=name, **words) + behind
        for frame, behind in product(FRAMES[frames], FRAMES["behind"])
    ]
    return {text: heard_facts({"text": text}).get(words["fact"]) for text in texts}


@pytest.mark.parametrize("name", FRAMES["names"])
def test_a_figure_is_heard_in_every_frame(name: str) -> None:
    value = FRAMES["names"][name]["value"]
    assert [text for text, heard in told(name, "figures").items() if heard != value] == []


@pytest.mark.parametrize("name", FRAMES["names"])
def test_a_denial_is_heard_in_every_frame(name: str) -> None:
    assert [text for text, heard in told(name, "denials").items() if heard != 0] == []


@pytest.mark.parametrize("text", ["献血在老家没献过", "献血在鹿城没献过", "社保在广东没交过"])
def test_what_was_not_done_elsewhere_says_nothing_of_here(text: str) -> None:
    assert heard_facts({"text": text}) == {}


@pytest.mark.parametrize("asked", FRAMES["answers"])
def test_an_answer_is_heard_whatever_is_said_around_it(asked: str) -> None:
    unlike = []
    for (said, facts), before, after in product(
        FRAMES["answers"][asked].items(), FRAMES["before"], FRAMES["after"]
    ):
        heard = heard_facts({"asked": asked, "text": before + said + after})
        unlike += [] if facts.items() <= heard.items() else [(before + said + after, heard)]
    assert unlike == []
