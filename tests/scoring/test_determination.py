"""The determination id: what it says, and what it confirms years later."""

import hmac
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings

from bot.cli import main
from scoring import (
    Determination,
    determination,
    differences_from,
    estimate,
    estimate_json,
    load_ruleset,
)
from scoring.analysis.determination import UNKEYED, rules_digest
from scoring.version import ENGINE
from tests.scoring.amendments import guide_example
from tests.scoring.people import ACCEPTANCE
from tests.scoring.strategies import people

ON = date(2026, 11, 23)
RULES = load_ruleset("yongjia-2022")
SECRETS = {"XINSHIMIN_DATA_KEY": "0123456789abcdef" * 2, "XINSHIMIN_DATA_KEY_PREVIOUS": ""}


def keyed(secret: str) -> Callable[[str], str]:
    return lambda text: hmac.digest(secret.encode(), text.encode(), "sha256").hex()


KEY, OTHER = keyed("one"), keyed("another")


def test_it_says_ruleset_rules_day_and_engine() -> None:
    found = determination(RULES, ACCEPTANCE, on=ON, key=KEY)
    assert str(found).startswith(f"yongjia-2022:{rules_digest(RULES, ON)}:2026-11-23:{ENGINE}:")
    assert Determination.read(str(found)) == found


def test_without_a_key_it_says_nothing_of_the_facts() -> None:
    bare = determination(RULES, {}, on=ON)
    assert bare.facts == UNKEYED
    assert determination(RULES, ACCEPTANCE, on=ON) == bare
    assert differences_from(bare, RULES, {}, [KEY]) == ("unkeyed",)


@settings(max_examples=50, deadline=None)
@given(people(), people())
def test_it_confirms_its_own_facts_and_no_others(mine: Any, theirs: Any) -> None:
    id = determination(RULES, mine, on=ON, key=KEY)
    assert differences_from(id, RULES, mine, [OTHER, KEY]) == ()
    assert differences_from(id, RULES, mine, [OTHER]) == ("facts",)
    assert differences_from(id, RULES, mine, []) == ("unkeyed",)
    same = estimate(RULES, mine, on=ON) == estimate(RULES, theirs, on=ON)
    assert (differences_from(id, RULES, theirs, [KEY]) == ()) <= same


def test_however_the_same_facts_are_written() -> None:
    written = {
        "income_tax_yuan": 200.0,
        "special_statuses": ["veteran", "party_member"],
        "birth_date": date(1990, 5, 1),
        "skill": None,
    }
    other = {
        "birth_date": "1990-05-01",
        "special_statuses": ("party_member", "veteran"),
        "income_tax_yuan": 200,
    }
    first, second = (determination(RULES, one, on=ON, key=KEY) for one in (written, other))
    assert first == second


@pytest.mark.parametrize("part", range(4))
def test_no_part_of_it_can_be_changed(part: int) -> None:
    id = determination(RULES, ACCEPTANCE, on=ON, key=KEY)
    changed = ("yongjia-original", "00000000", date(2026, 11, 22), "1.0.0")[part]
    forged = id._replace(**{Determination._fields[part]: changed})
    assert "facts" in differences_from(forged, RULES, ACCEPTANCE, [KEY])


@pytest.mark.parametrize(
    "id",
    ["", "yongjia-2022", "a:00000000:2026-13-01:1:unkeyed", "a:0:2026-01-01:1:unkeyed", ":" * 999],
)
def test_what_is_no_id_is_refused(id: str) -> None:
    with pytest.raises(ValueError, match=r"no determination id|month must be"):
        Determination.read(id)


def test_rules_with_other_figures_have_another_digest(tmp_path: Path) -> None:
    (tmp_path / "2027.yaml").write_text(guide_example("amendment"), encoding="utf-8")
    amended = load_ruleset("yongjia-2022", tmp_path)
    begun = [one.since for one in amended.origin.amendments]
    assert rules_digest(amended, max(begun)) != rules_digest(RULES, max(begun))
    before = date(2022, 12, 1)
    assert before < min(begun)
    assert rules_digest(amended, before) == rules_digest(RULES, before), "what comes later counts"


def test_the_digest_is_the_same_in_every_process() -> None:
    """A known id, as a person kept it: a change of this line makes all earlier ids unconfirmed."""
    id = Determination.read("yongjia-2022:d3f55666:2026-11-23:2.1.0:a0a0a0a0a0a0a0a0")
    assert rules_digest(RULES, id.on) == id.rules


def test_the_json_is_the_estimate_and_its_id() -> None:
    told = estimate_json(RULES, ACCEPTANCE, on=ON, key=KEY)
    id = told.pop("determination")
    assert told == estimate(RULES, ACCEPTANCE, on=ON).as_json()
    assert differences_from(Determination.read(id), RULES, ACCEPTANCE, [KEY]) == ()


def run(*arguments: str, facts: str = "{education: bachelor}", **env: str) -> Result:
    environment = {"XINSHIMIN_RULES": "", **SECRETS, **env}
    return CliRunner().invoke(main, list(arguments), input=facts, env=environment)


def an_id() -> str:
    told = json.loads(run("estimate", "-", "--on", "2026-11-23", "--json").stdout)
    return str(told["determination"])


def test_the_command_confirms() -> None:
    found = run("determine", an_id(), "-")
    assert found.exit_code == 0, found.output
    assert "核对相符" in found.stdout
    assert "现在算出来：10 分" in found.stdout


def test_the_command_confirms_with_an_earlier_key() -> None:
    keys = {"XINSHIMIN_DATA_KEY": "fedcba9876543210" * 2}
    keys["XINSHIMIN_DATA_KEY_PREVIOUS"] = SECRETS["XINSHIMIN_DATA_KEY"]
    assert run("determine", an_id(), "-", **keys).exit_code == 0


@pytest.mark.parametrize(
    ("change", "facts", "env", "differs", "says"),
    [
        (("", ""), "{education: master}", {}, ["facts"], "回答和当时的不一样"),
        (("yongjia-2022", "gone-1999"), "{}", {}, ["ruleset"], "没有规则 gone-1999"),
        ((ENGINE, "1.0.0"), "{education: bachelor}", {}, ["engine", "facts"], "1.0.0 版"),
        (("", ""), "{}", {"XINSHIMIN_DATA_KEY": ""}, ["unkeyed"], "没有本单位的密钥"),
    ],
)
def test_the_command_says_what_is_missing(
    change: tuple[str, str], facts: str, env: dict[str, str], differs: list[str], says: str
) -> None:
    id = an_id().replace(*change) if change[0] else an_id()
    found = run("determine", id, "-", facts=facts, **env)
    assert (found.exit_code, says in found.stdout) == (1, True), found.output
    told = json.loads(run("determine", id, "-", "--json", facts=facts, **env).stdout)
    assert (told["confirmed"], told["differs"]) == (False, differs)


def test_an_estimate_by_an_earlier_engine_is_not_taken_for_other_facts() -> None:
    earlier = Determination.read(an_id())._replace(engine="1.9.0")
    facts = {"education": "bachelor"}
    id = earlier._replace(facts=KEY(f'{earlier.stated}\n{{"education":"bachelor"}}')[:16])
    assert differences_from(id, RULES, facts, [KEY]) == ("engine",)


@pytest.mark.parametrize(("id", "facts"), [("what", "{}"), (None, "{rented_years: -1}")])
def test_the_command_refuses_what_it_cannot_read(id: str | None, facts: str) -> None:
    assert run("determine", id or an_id(), "-", facts=facts).exit_code == 2


def test_a_ruleset_amended_since_is_said_with_the_amendments(tmp_path: Path) -> None:
    id = an_id()
    (tmp_path / "2027.yaml").write_text(guide_example("amendment"), encoding="utf-8")
    later = Determination.read(id)._replace(on=date(2027, 6, 1))
    found = run("determine", str(later), "-", XINSHIMIN_RULES=str(tmp_path))
    assert found.exit_code == 1
    assert "内容和当时不同" in found.stdout
    assert "现在生效的修订：" in found.stdout
