"""Everything that people and programs read of the rules, as texts by name."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from click.testing import CliRunner

from bot import create_app
from bot.cli import main
from dialogs.explaining import explain, explain_category
from dialogs.faq import answer, topics
from dialogs.transcript import Talker, play
from scoring import Ruleset, estimate, load_earlier, load_ruleset
from scoring.analysis.compare import compare
from tests.bot.setting_up import settings_for
from tests.bot.staff.office import Office, hired
from tests.bot.web import FORM, Browser, Watch, signed_in, talked
from tests.conversations.desk import Desk
from tests.rulesets.changed import ON
from tests.scoring.people import ACCEPTANCE, complete

TRANSCRIPTS = Path(__file__).parents[1] / "conversations"
RICH: dict[str, Any] = {
    "permit": "residence_permit",
    "birth_date": "1990-05-01",
    "education": "bachelor",
    "skill": "level_2",
    "social_insurance_months": 30,
    "residence_months": 30,
    "housing_fund_months": 10,
    "owned_home": True,
    "rented_years": 2,
    "special_statuses": ["party_member", "veteran"],
    "talent_class": "F",
    "honours_county": 1,
    "honours_city": 1,
    "donor_registration": True,
    "donation": True,
    "blood_donations": 2,
    "volunteer_services": 3,
    "charity_yuan": 2000,
    "law_study_activities": 3,
    "employment": ["labour_contract", "business_owner"],
    "above_scale_legal_representative": True,
    "business_tax_yuan": 30000,
    "income_tax_yuan": 2000,
    "political_role": "county",
    "patents_design": 1,
    "patents_utility": 1,
    "science_awards_city": 1,
    "red_station_service": True,
}
"""A person who has something everywhere."""
PEOPLE = (ACCEPTANCE, complete(ACCEPTANCE), RICH, {})


def read(rules: Path, folder: Path, transcripts: list[Path]) -> Iterator[tuple[str, str]]:
    """All of them under the office's files in `rules`; `folder` has a fresh `service.db`."""
    ruleset = load_ruleset("yongjia-2022", rules)
    yield from _pages(rules, folder)
    yield from _answers(ruleset)
    yield from _estimates(ruleset)
    for path in transcripts:
        talker = Talker(
            ruleset, datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai")), Desk()
        )
        yield path.stem, "\n".join(play(path.read_text("utf-8").splitlines(), talker))
    for id in ("yongjia-2022", "yongjia-original"):
        command = ["rules", "show", id, "--on", ON.isoformat()]
        yield (
            " ".join(command),
            CliRunner().invoke(main, command, env={"XINSHIMIN_RULES": str(rules)}).stdout,
        )


def _pages(rules: Path, folder: Path) -> Iterator[tuple[str, str]]:
    watch = Watch()
    app = create_app(settings_for(folder, rules=rules), watch)
    browser = Browser(app)
    ids = [category.id for category in app.extensions["xinshimin"].rules().categories()]
    paths = ["/", "/background", "/rules", "/changes", "/estimate", *(f"/rules/{id}" for id in ids)]
    for path in paths:
        yield path, _words(browser.get(path).get_data(as_text=True))
    browser.get("/estimate")
    yield "/estimate, sent", _words(browser.estimated(FORM).get_data(as_text=True))
    service = app.extensions["xinshimin"]
    desk = Office(app, service, watch, hired(service.engine)).browser("desk")
    yield "/staff/rules", _words(desk.get("/staff/rules").get_data(as_text=True))
    talked(app.extensions["xinshimin"], "oMe")
    me = signed_in(app, "oMe")
    for path in ("/sheet", "/sheet/a4", "/sheet/check", "/sheet/what-if"):
        yield path, _words(me.get(path).get_data(as_text=True))


def _words(page: str) -> str:
    """What a person reads of a page, a block a line."""
    lines = re.sub(
        r"</(?:p|li|h\d|dd|dt|div|td)>|<br>",
        "\n",
        re.sub(r"<style.*?</style>|<script.*?</script>", "", page, flags=re.S),
    )
    return unescape(re.sub(r"<[^>]+>", " ", lines))


def _answers(ruleset: Ruleset) -> Iterator[tuple[str, str]]:
    for topic in topics():
        yield topic, answer(topic, ruleset, ON).text


def _estimates(ruleset: Ruleset) -> Iterator[tuple[str, str]]:
    earlier = load_earlier(ruleset)
    for number, facts in enumerate(PEOPLE):
        result = estimate(ruleset, facts, on=ON)
        yield f"person {number}, JSON", json.dumps(result.as_json(), ensure_ascii=False)
        rows = [explain(i, ruleset.catalogue) for c in result.categories() for i in c.items]
        rows += [explain_category(c, ruleset.catalogue) for c in result.categories()]
        yield f"person {number}, explained", "\n".join(rows)
        if earlier is not None:
            found = compare(earlier, ruleset, facts, on=ON)
            yield f"person {number}, compared", json.dumps(found.as_json(), ensure_ascii=False)


def database(made: Path, folder: Path) -> None:
    """A copy of an empty database into the folder of a service."""
    shutil.copy(made, folder / "service.db")
