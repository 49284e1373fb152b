"""A county is asked only what gives points there: its lists, its consent and its texts follow the
facts that rows of the rules in force use."""

from pathlib import Path

import pytest

from dialogs.phrases import say
from dialogs.questions import facts_behind, needed, questions
from dialogs.sensitive import SENSITIVE, lines, list_apart, without_sensitive
from dialogs.transcript import Talker
from scoring import load_ruleset
from tests.dialogs.talks import NOW, RULES

COUNTY = load_ruleset("xiaohe-2026", Path(__file__).parents[1] / "counties/xiaohe/rules")
"""Without a row for talent, awards, blood or donations, and for what is sensitive."""
USED = COUNTY.at(NOW.date()).counted
ALL = RULES.at(NOW.date()).counted
ALONE = [frozenset({fact}) for fact in sorted(ALL)]


@pytest.mark.parametrize("counted", [USED, ALL, *ALONE], ids=lambda one: f"{min(one)} {len(one)}")
def test_each_line_and_question_has_a_fact_that_counts(counted: frozenset[str]) -> None:
    for question in (*needed(counted).values(), *without_sensitive(counted).values()):
        assert question.always or not counted.isdisjoint(question.domain)
        for line in question.ticks.values():
            assert not counted.isdisjoint(facts_behind(line))
    asked = {fact for question in needed(counted).values() for fact in question.facts}
    assert counted & {fact for one in questions().values() for fact in one.facts} <= asked


@pytest.mark.parametrize("fact", sorted(SENSITIVE))
def test_the_consent_lists_what_counts_alone(fact: str) -> None:
    assert len(lines(frozenset({fact}))) == 1
    assert lines(ALL - {fact}) == [one for one in lines(ALL) if one not in lines(frozenset({fact}))]


def test_rules_with_every_row_ask_everything() -> None:
    assert needed(ALL) == questions()


def test_a_county_without_sensitive_rows_asks_for_no_consent() -> None:
    person = Talker(COUNTY, NOW)
    shown: set[str] = set()
    for said in ("[关注]", "同意", *["1"] * 2, *["跳过"] * 20):
        reply = person.line(said)
        shown |= {choice.label for choice in reply.choices}
        assert "单独同意" not in reply.text
    assert "住房公积金" in shown
    unused = {
        line.label
        for question in questions().values()
        for line in question.ticks.values()
        if USED.isdisjoint(facts_behind(line))
    }
    assert len(unused) > 10
    assert not shown & unused
    assert not list_apart(USED).ticks


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        (SENSITIVE, "党员、退役、献血、捐献"),
        ({"donation", "blood_donations"}, "献血、捐献"),
        ({"donor_registration"}, "捐献"),
    ],
)
def test_what_was_not_asked_is_named_by_what_counts(facts: frozenset[str], named: str) -> None:
    assert say("sensitive/why", asked=facts).startswith(f"{named}，")


def test_what_is_sensitive_and_counts_nowhere_is_not_even_held() -> None:
    person = Talker(COUNTY, NOW)
    for said in ("[关注]", "同意", "1", "我献过3次血，是党员", "1990年5月，献过3次血"):
        assert "单独同意" not in person.line(said).text
    assert person.conversation.facts.keys() == {"permit", "birth_date"}
    assert person.conversation.early == ()
