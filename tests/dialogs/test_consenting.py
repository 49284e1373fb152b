"""A yes and a no where a consent is asked for, with words before and behind: none is taken for the
other, and what is neither for certain deletes nothing and is asked again."""

from itertools import chain
from pathlib import Path

import pytest

from dialogs.conversation import Conversation, Given
from dialogs.data import parse
from dialogs.intents.agreement import consents, refuses, refuses_consent
from dialogs.intents.consenting import consenting
from dialogs.transcript import Talker
from dialogs.utterance import Said
from dialogs.withheld import held
from tests.dialogs.talks import COMPLETE, NOW, agreed, talker

WAYS = parse(Path(__file__).with_name("consents.yaml").read_text("utf-8"))
UNSURE = WAYS["unsure"]


def ways(kind: str, endings: int) -> list[str]:
    """Every way alone, and with this many of the endings behind it."""
    found = []
    for at, way in enumerate(WAYS[kind]):
        behind = WAYS[f"{kind}_behind"]
        few = [behind[(at + more) % len(behind)] for more in range(endings)]
        found += [way, *(f"{way}{pause}{end}" for end in few for pause in " ，")]
    return found


def test_the_sweep_is_wide() -> None:
    assert len({*ways("agree", 11), *ways("refuse", 8), *UNSURE}) > 1000


def test_a_yes_is_a_yes() -> None:
    said = [Said(one) for one in ways("agree", 11)]
    assert [one.text for one in said if not consents(one) or refuses(one)] == []


def test_a_no_is_a_no() -> None:
    said = [Said(one) for one in ways("refuse", 8)]
    assert [one.text for one in said if not refuses_consent(one) or consents(one)] == []


def test_what_is_neither_is_neither() -> None:
    said = [Said(one) for one in UNSURE]
    assert [one.text for one in said if consents(one) or refuses_consent(one)] == []
    assert [one.text for one in said if (told := consenting(one)) and told.yes is not None] == []


def asked(person: Talker, text: str) -> Conversation:
    """The conversation after a text that is said where this person stands."""
    before, now = person.conversation, person.now
    person.line(text)
    after, person.conversation, person.now = person.conversation, before, now
    return after


@pytest.fixture(scope="module")
def first() -> Talker:
    return talker("[关注]", "社保交了五年")


@pytest.fixture(scope="module")
def private() -> Talker:
    return talker("[关注]", "同意", *COMPLETE[:8], "献过三次血")


def test_the_first_consent(first: Talker) -> None:
    for text in ways("agree", 1):
        after = asked(first, text)
        assert after.consent, text
        assert after.facts["social_insurance_months"] == 60, text
    for text in ways("refuse", 1):
        assert not asked(first, text).waiting, text
    for text in UNSURE:
        after = asked(first, text)
        assert (after.consent, after.early) == (None, first.conversation.early), text


def test_the_consent_to_private_things(private: Talker) -> None:
    for text in ways("agree", 1):
        after = asked(private, text)
        assert after.facts["blood_donations"] == 3, text
    for text in ways("refuse", 1):
        after = asked(private, text)
        assert after.sensitive, text
        assert not after.sensitive.yes, text
        assert not held(after), text
    for text in UNSURE:
        after = asked(private, text)
        assert (after.sensitive, held(after)) == (None, {"blood_donations": 3}), text


def test_a_consent_whose_text_is_new() -> None:
    person = agreed(*COMPLETE[:2])
    old = Given(version=0, at=NOW)
    person.conversation = person.conversation.but(consent=old)
    person.line("结果")
    for text in chain(ways("agree", 1), ways("refuse", 1), UNSURE):
        after = asked(person, text)
        yes, no = consents(Said(text)), refuses_consent(Said(text))
        assert (after.consent != old) == yes, text
        assert (after.top.flow == "delete_my_data") == no, text
