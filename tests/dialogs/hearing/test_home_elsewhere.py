"""A home that stands elsewhere is none here; in what one lives here is asked."""

from datetime import date
from itertools import product

from dialogs.interpret import hear
from dialogs.language import Refused
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
PLACES = ("老家", "江西", "贵阳", "外地", "上海")
FRAMES = ("买在{}的", "{}买的", "房子买在{}", "房子是{}的", "{}有一套", "自己的，在{}")


def test_what_one_lives_in_here_is_asked() -> None:
    for place, frame in product(PLACES, FRAMES):
        heard = hear(questions()["home"], Said(frame.format(place)), TODAY)
        assert not heard.facts, frame.format(place)
        assert isinstance(heard.answer, Refused), frame.format(place)
        assert heard.answer.choices == ("let", "built", "neither"), frame.format(place)


def test_what_is_said_of_here_counts() -> None:
    for place, here in product(PLACES, ("这边租的", "现在租房住", "住厂里宿舍")):
        heard = hear(questions()["home"], Said(f"买在{place}的，{here}"), TODAY)
        assert heard.facts.get("owned_home") is False, (place, here)
