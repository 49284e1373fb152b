"""Tables, comparison, advice and goals under an office's own rules."""

from datetime import date

from scoring import Facts, Table, advise, compare, estimate, load_ruleset, reach, timeline
from tests.scoring.amendments import guide_example, rules_with, settled_rules
from tests.scoring.people import ACCEPTANCE, complete
from tests.scoring.reference.people import people

OWN = rules_with(guide_example("amendment"))
BEFORE, AFTER = date(2026, 12, 31), date(2027, 1, 1)
FACTS = complete(ACCEPTANCE)


def test_a_table_reads_the_facts_of_the_office() -> None:
    columns = ["residence_months", "example_offence", "example_false_papers"]
    table = Table(OWN, columns, AFTER)
    # 100 × 0.25 = 25; three times 2 off; 30 off for false papers, and never below 0
    rows = [("100", "3", "no"), ("100", "3", ""), ("100", "", "yes")]
    found = table.tally(rows)
    assert found.points == [19, 19, 0]
    assert found.parts[-1] == [-6, -6, -30]
    assert Table(OWN, columns, BEFORE).tally(rows).points == [25, 25, 25]


def test_a_table_agrees_where_a_reading_is_settled() -> None:
    """Anyone who has not answered has at least the lowest tier then."""
    columns = [*ACCEPTANCE]
    table = Table(settled_rules(), columns, AFTER)
    everyone = list(people(200, AFTER, seed=71))
    found = table.tally([[person.get(fact) for fact in columns] for person in everyone])
    for place, person in enumerate(everyone):
        facts = Facts({fact: person[fact] for fact in columns if fact in person})
        expected = estimate(settled_rules(), facts, on=AFTER)
        told = (found.points[place], found.low[place], found.high[place])
        assert told == (expected.points, expected.low, expected.high)


def test_facts_that_only_one_of_two_rulesets_knows() -> None:
    old = load_ruleset("yongjia-original")
    found = compare(old, OWN, {"residence_months": 100, "example_offence": 2}, on=AFTER)
    assert (found.before.points, found.after.points) == (24, 21)  # 8 × 3; 25 − 4
    assert found.gain == sum(line.gain for line in found.lines)


def test_a_value_that_changes_on_a_day_shows_in_the_timeline() -> None:
    """Social insurance is settled at 0.5 a month from January: 42 × 0.25 becomes 44 × 0.5."""
    facts = {"social_insurance_months": 42}
    found = timeline(OWN, facts, on=date(2026, 11, 23))
    months = {str(moment.day): moment.points for moment in found.moments}
    assert months["2026-12-31"] == 10.75
    assert months["2027-01-31"] == 22


def test_advice_and_goals_count_what_was_taken_off() -> None:
    facts = {**FACTS, "example_offence": 2}
    now = estimate(OWN, facts, on=AFTER).points
    assert now == 66 + 10.5 - 4  # settled at 0.5 a month
    found = reach(OWN, facts, int(now) + 3, on=AFTER)
    assert found.state == "steps"
    charity = next(step for step in advise(OWN, facts, on=AFTER) if step.way.id == "charity")
    assert (charity.amount, charity.gain.points) == (6000, 6)  # the corrected cap
