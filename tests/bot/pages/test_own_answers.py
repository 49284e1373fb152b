"""One's own answers on a page: sealed in the address, or those of the chat; each can be changed."""

import json
import re
from datetime import date
from typing import Any

import pytest

from bot.database import reading, writing
from bot.pages.own_talk import read_talk
from bot.pages.prefill import form_of, whole_form
from bot.pages.questionnaire import read_form, read_one
from bot.service import Service
from dialogs.consent_texts import sensitive
from dialogs.conversation import Conversation
from dialogs.flow import Talk
from dialogs.questions import Question, nothing, questions
from scoring import FACTS as CATALOGUE
from tests.bot.setting_up import NOW
from tests.bot.talks import rewrite_talks
from tests.bot.web import FACTS, FORM, Browser, Watch, signed_in, talked

ME = "oMe-0001-openid"


def text_of(answer: Any) -> str:
    page = re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))
    return re.sub(r"\s+", "", page)


@pytest.fixture
def result(browser: Browser) -> str:
    """The address of the result of the acceptance person."""
    browser.get("/estimate")
    address: str = browser.post("/estimate", FORM).headers["Location"]
    return address


def test_the_result_stays_and_opens_in_its_browser_alone(
    browser: Browser, app: Any, result: str, watch: Watch
) -> None:
    for _ in range(2):
        page = browser.get(result)
        assert "至少66分" in text_of(page)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    other = Browser(app)
    for told in (other.get(result), browser.get(result[:-4] + "AAAA"), browser.get("/result/x")):
        assert told.status_code == 403
        assert "这份结果在这里打不开" in text_of(told)
        assert "至少" not in text_of(told)
    other.get("/estimate")
    other.post("/estimate", FORM)  # has a key now, but another one
    assert other.get(result).status_code == 403
    watch.wait(days=31)
    old = browser.get(result)
    assert old.status_code == 404
    assert "放了30天以上" in text_of(old)


def test_the_address_tells_nothing_and_is_short_enough(browser: Browser, result: str) -> None:
    assert "residence" not in result
    everything = [
        (question.id, key)
        for question in questions().values()
        for key in (*question.choices, *question.ticks)
        if not question.kind
    ]
    amounts = [
        (name, "987")
        for question in questions().values()
        for name in (question.fields or ([question.id] if question.kind else []))
    ]
    seen = [("seen", id) for id in (*questions(), "sensitive_list")]
    apart = [("sensitive_list", key) for key in ("special_status", "donor", "donation", "blood")]
    rest = [("sensitive", "yes"), ("birth", "1980年12月31日"), ("rented", "30年")]
    answers = {**dict(amounts), "social_insurance": "200个月", "residence": "400个月"}
    answers = {**answers, "housing_fund": "200个月"} | dict(rest)
    answer = browser.post("/estimate", [*everything, *seen, *apart, *answers.items()])
    assert answer.status_code == 303
    address = answer.headers["Location"]
    changed = browser.post(f"{address}/change/birth", [("birth", "1981年1月30日")])
    assert changed.status_code == 303
    assert max(len(address), len(changed.headers["Location"])) < 1900


def test_one_answer_is_changed_on_the_page_with_the_reason(browser: Browser, result: str) -> None:
    assert "大专" in text_of(browser.get(result))
    asked = browser.get(f"{result}/change/education").get_data(as_text=True)
    assert 'value="junior_college" checked' in asked
    changed = browser.post(f"{result}/change/education", [("education", "bachelor")])
    assert changed.status_code == 303
    for _ in range(2):  # also after a reload
        text = text_of(browser.get(changed.headers["Location"]))
        assert "66→68分" in text
        assert "最高学历：大专→本科" in text
        assert "文化程度8→10分" in text
        assert "至少68分" in text
    assert "66→68分" not in text_of(browser.get(changed.headers["Location"].partition("?")[0]))
    unclear = browser.post(f"{result}/change/social_insurance", [("social_insurance", "三年多")])
    assert unclear.status_code == 422
    assert "您写的是“三年多”" in text_of(unclear)
    assert browser.get(f"{result}/change/nothing").status_code == 404


def test_a_change_asks_what_it_opens_and_says_what_it_voids(browser: Browser, result: str) -> None:
    ticked = browser.post(f"{result}/change/welfare", [("welfare", "charity")])
    assert "这样改，下面的回答会去掉" in text_of(ticked)
    assert "志愿服务：4次" in text_of(ticked)
    young = browser.post(f"{result}/change/birth", [("birth", "2010年1月")])
    assert "这样改，下面的回答会去掉" in text_of(young)
    assert "社保：42个月" in text_of(young)  # at 16 nobody has paid so long
    sure = [("welfare", "charity"), ("drop", "yes")]
    opened = browser.post(f"{result}/change/welfare", sure).headers["Location"]
    assert "/change/charity?was=" in opened
    done = browser.post(opened, [("charity", "3000元")])
    text = text_of(browser.get(done.headers["Location"]))
    assert "66→67分" in text
    assert "志愿服务：4次→没有" in text
    assert "慈善捐款：没有→3000元" in text


def test_what_if_takes_several_at_once_by_a_day(browser: Browser, result: str) -> None:
    page = browser.get(result).get_data(as_text=True)
    assert "下一步：备好材料，约" in text_of(browser.get(result))
    chips = re.findall(r"what-if\?if=([\w.]+)", page)
    offered = browser.get(f"{result}/what-if").get_data(as_text=True)
    keys = re.findall(r'name="if" value="([^"]*)"', offered)
    assert "employment.labour_contract" in keys
    assert [one for one in keys if not re.fullmatch(r"[a-z_]+\.\w+", one)] == []
    assert {"education.bachelor", "social_insurance_months.12", "owned_home.yes"} <= {*chips}
    both = f"{result}/what-if?if=education.bachelor&if=owned_home.yes"
    assert "66→78分" in text_of(browser.get(both))
    later = text_of(browser.get(f"{both}&by=2027-05-23"))
    assert "66→81分" in later  # and half a year of both
    assert "最高学历通常要更久" in later
    assert "社保、居住时间，按一直不断算。" in later
    more = text_of(browser.get(f"{result}/what-if?if=social_insurance_months.12&by=2027-05-23"))
    assert "66→69分" in more
    assert "勾的“社保再多12个月”，到那天能多几个月就算几个月，不另加。" in more
    assert "66→69分" in text_of(browser.get(f"{result}/what-if?by=2027年5月23日"))
    for wrong in ("by=2020-01-01", "by=<b>", "by=2027-02-30", "by=9999-01-01"):
        assert "不能用" in text_of(browser.get(f"{result}/what-if?{wrong}"))
    assert "→" not in text_of(browser.get(f"{result}/what-if?if=political_role.king&if=x"))
    assert "至少66分" in text_of(browser.get(result))  # nothing was changed


def stored(service: Service) -> Conversation:
    with reading(service.engine) as connection:
        found = read_talk(connection, ME)
    assert found is not None
    return found


def asking(**more: Any) -> str:
    """A talk in the middle of the questions."""
    state = {"consent": {"version": 1}, "facts": FACTS, "answered": ["permit", "welfare"]}
    waiting = [{"flow": "questionnaire", "state": {"at": "education"}}]
    return json.dumps({**state, "waiting": waiting, "revision": 2, **more})


@pytest.mark.parametrize("their_turn", [False, True])
def test_a_change_on_the_sheet_is_kept_as_the_chat_keeps_it(
    app: Any, service: Service, their_turn: bool
) -> None:
    talked(service, ME)
    aside = json.loads(asking()) if their_turn else None
    other = {"whose": "老婆", "facts": {"education": "master"}, "answered": [], "aside": aside}
    with writing(service.engine) as connection:
        rewrite_talks(connection, asking(**(other if their_turn else {})))
    browser = signed_in(app, ME)
    assert "您的最高学历是" in text_of(browser.get("/sheet/change/education"))
    changed = browser.post("/sheet/change/education", [("education", "bachelor")])
    assert changed.status_code == 303
    assert "66→68分" in text_of(browser.get(changed.headers["Location"]))
    after = stored(service)
    assert after.own.facts == {**FACTS, "education": "bachelor"}
    if their_turn:
        assert after.facts == {"education": "master"}
    else:
        assert after.top.state.get("at") != "education"  # it was answered here
    dropped = browser.post("/sheet/change/welfare", [("welfare", "done"), ("drop", "yes")])
    assert "68→66分" in text_of(browser.get(dropped.headers["Location"]))
    assert stored(service).own.facts["volunteer_services"] == 0
    browser.post("/sheet/change/education", [("education", "")])
    assert "education" not in stored(service).own.facts
    assert "56→66分" in text_of(browser.get("/sheet/what-if?if=owned_home.yes"))


@pytest.mark.parametrize("their_turn", [False, True])
def test_answers_of_the_other_one_are_changed_beside(
    app: Any, service: Service, their_turn: bool
) -> None:
    wife = {"whose": "老婆", "facts": {"education": "master"}, "answered": ["education"]}
    own = json.loads(asking())
    state = {**own, "aside": wife} if not their_turn else {**own, **wife, "aside": own}
    talked(service, ME)
    browser = signed_in(app, ME)
    assert browser.get("/sheet/other").status_code == 404  # there is none yet
    with writing(service.engine) as connection:
        rewrite_talks(connection, json.dumps(state))
    assert "看老婆的回答，可以改" in text_of(browser.get("/sheet"))
    page = text_of(browser.get("/sheet/other"))
    assert "老婆的估算" in page
    assert "至少10分" in page
    assert "您多56分" in page
    assert "老婆的最高学历是" in text_of(browser.get("/sheet/other/change/education"))
    assert "老婆的回答" in text_of(browser.get("/sheet/other/change/residence"))  # without 您
    changed = browser.post("/sheet/other/change/education", [("education", "junior_college")])
    assert changed.headers["Location"].startswith("/sheet/other?was=")
    assert "10→8分" in text_of(browser.get(changed.headers["Location"]))
    assert "8→23分" in text_of(browser.get("/sheet/other/what-if?if=owned_home.yes"))
    after = stored(service)
    assert after.own.facts == FACTS
    assert after.other is not None
    assert after.other.facts == {"education": "junior_college"}
    assert bool(after.whose) == their_turn


def test_a_sheet_is_changed_by_its_owners_form_alone(app: Any, service: Service) -> None:
    talked(service, ME)
    browser = signed_in(app, ME)
    browser.get("/sheet/change/education")
    forged = browser.post("/sheet/change/education", [("education", "master")], token="forged")
    assert forged.status_code == 400
    stranger = Browser(app)
    stranger.get("/estimate")
    for answer in (
        stranger.post("/sheet/change/education", [("education", "master")]),
        browser.get("/sheet/change/blood"),  # sensitive, and not agreed to
        signed_in(app, "oNobody-03-openid").get("/sheet/what-if"),
    ):
        assert answer.status_code in (400, 404)
    assert stored(service).facts == FACTS


def sample(fact: str) -> Any:
    kind = CATALOGUE[fact].type
    amounts = {"months": 42, "years": 3, "count": 2, "yuan": 3000, "date": "1990-05-17"}
    return amounts.get(kind, True if kind == "yesno" else CATALOGUE[fact].choices[1:2])


@pytest.mark.parametrize("empty", [False, True])
def test_what_is_known_fills_the_form_such_that_it_is_read_as_the_same(
    service: Service, empty: bool
) -> None:
    facts: dict[str, Any] = {}
    for question in questions().values():
        for fact in question.facts:
            value = nothing(fact) if empty and question.kind != "date" else sample(fact)
            if isinstance(value, tuple):
                value = value[0].id if CATALOGUE[fact].type == "choice" else [value[0].id]
            facts[fact] = value
    facts |= {"education": "high_school", "studying": "none"}
    facts |= {"permit": "none", "owned_home": False, "rented_years": facts["rented_years"]}
    answered = tuple(questions())
    agreed = sensitive().answered(NOW)
    talk = Talk(
        Conversation(facts=facts, answered=answered, sensitive=agreed), NOW, service.rules()
    )
    for question in questions().values():
        read = read_one(question, form_of(question, talk), date(2026, 11, 23))
        assert not read.faults, question.id
        own = {fact: read.facts.get(fact) for fact in question.facts}
        assert own == {fact: facts[fact] for fact in question.facts}, question.id
    whole = read_form(whole_form(talk), date(2026, 11, 23), talk.counted)
    assert not whole.faults
    assert not whole.new
    again = {fact: value for fact, value in whole.facts.items() if fact in facts}
    assert again == {fact: facts[fact] for fact in again}
    assert len(again) > len(facts) - 4


AMOUNTS = {"date": "1990年5月", "months": "3个月", "years": "3年", "count": "3次", "yuan": "3000元"}


def an_answer(question: Question) -> list[tuple[str, str]]:
    """One that everybody may give, as the form sends it."""
    if question.kind:
        return [(question.id, AMOUNTS[question.kind])]
    if question.fields:
        return [(next(iter(question.fields)), "1")]
    return [("seen", question.id), (question.id, next(iter(question.choices or question.ticks)))]


@pytest.mark.parametrize("base", ["/result", "/sheet"])
def test_each_open_question_is_filled_in_emptied_and_filled_in_again(
    browser: Browser, app: Any, service: Service, base: str
) -> None:
    """What was open before has no answer to be told as it was, and what is open now none."""
    if base == "/result":
        browser.get("/estimate")
        answer = browser.post("/estimate", [("education", "junior_college")])
        base = answer.headers["Location"]
    else:
        talked(service, ME)
        browser = signed_in(app, ME)
    page = browser.get(base).get_data(as_text=True)
    ids = dict.fromkeys(re.findall(r"/change/(\w+)", page))
    assert len(ids) > 7
    for question in (questions()[id] for id in ids):
        for given in ([], an_answer(question), [], an_answer(question)):
            done = browser.post(f"{base}/change/{question.id}", [*given, ("drop", "1")])
            assert done.status_code == 303, (question.id, given)
            there = done.headers["Location"]
            assert browser.get(there).status_code == 200, (question.id, given)
            base = there.partition("?")[0].partition("/change")[0]
