import re
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest
from sqlalchemy import text as sql

from bot.database import reading
from bot.service import Service
from dialogs.language import Why
from dialogs.questions import questions
from dialogs.region import admissions
from tests.bot.web import FORM, SENSITIVE, Browser


@pytest.fixture(autouse=True)
def _opened(browser: Browser) -> None:
    browser.get("/estimate")  # the form and its token


def changed(**fields: str) -> list[tuple[str, str]]:
    return [(name, text) for name, text in FORM if name not in fields] + list(fields.items())


def plain(answer: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))  # type: ignore[attr-defined]


def test_the_acceptance_person_has_66_points(browser: Browser) -> None:
    answer = browser.estimated(FORM)
    text = plain(answer).replace(" ", "")
    assert answer.status_code == 200
    assert "至少66分可能到76.5分" in text
    assert "省级共性指标59（59～69.5）/100" in text
    assert "永嘉县个性指标7/200" in text
    assert "42个月×0.25=10.5" in text
    assert "以县里核定为准" in text
    assert "在2026-11-23的估算" in text
    assert "学历电子注册备案表" in text
    assert "减分" in text


def test_the_result_is_kept_nowhere(browser: Browser, service: Service) -> None:
    answer = browser.estimated(FORM)
    assert answer.headers["Cache-Control"] == "no-store"
    assert 'data-fresh="1"' in answer.get_data(as_text=True)
    with reading(service.engine) as connection:
        assert connection.execute(sql("SELECT count(*) FROM conversations")).scalar() == 0


def test_every_question_of_the_chat_is_on_the_page(browser: Browser) -> None:
    text = browser.get("/estimate").get_data(as_text=True)
    asked = [one for one in questions().values() if not one.told_only]
    for question in asked:
        assert f'id="{question.id}-block"' in text
    numbers = re.findall(r"第 (\d+) 题，共 (\d+) 题", text)
    assert [int(number) for number, _ in numbers] == [*range(1, int(numbers[0][1]) + 1)]
    follow_ups = sum(bool(one.after) for one in asked)
    assert text.count("hidden disabled") == follow_ups + 1  # and the list of what is sensitive


def test_an_empty_form_gives_no_number_and_no_scolding(browser: Browser) -> None:
    answer = browser.estimated([])
    assert answer.status_code == 200
    assert "填上一题就能算" in plain(answer)
    permit_alone = plain(browser.estimated([("permit", "residence_permit")]))
    assert "还没有答，先不给分数" in permit_alone
    assert "至少" not in permit_alone


def test_without_the_consent_nothing_sensitive_is_asked_or_read(browser: Browser) -> None:
    page = browser.get("/estimate").get_data(as_text=True)
    shown = re.sub(r"<fieldset[^>]* hidden disabled>.*?</fieldset>", "", page, flags=re.DOTALL)
    boxes = re.findall(r'name="\w+" value="(\w+)"', shown)
    assert "volunteer" in boxes
    assert not {"special_status", "donor", "donation", "blood", "party_member"} & set(boxes)
    assert "您单独同意了才问" in shown
    plainly = [pair for pair in FORM if not {*pair} & {*SENSITIVE}]
    told = [
        ("sensitive_list", "special_status"),
        ("special_status", "party_member"),
        ("blood", "3"),
    ]
    for fields in (plainly, plainly + told, [*plainly, ("county", "special_status")]):
        text = plain(browser.estimated(fields)).replace(" ", "")
        assert "至少66分没填的也都有，没定的按多的算，最多到116.5分" in text  # unknown, not none
        assert "党员、退役、献血、捐献这几项没有问" in text


def test_with_the_consent_they_are_asked_and_count(browser: Browser) -> None:
    plainly = [pair for pair in FORM if not {*pair} & {*SENSITIVE}]
    asked = plain(browser.estimated([*plainly, ("sensitive", "yes")]))
    assert "还差 1 个小问题" in asked
    told = [
        *(("sensitive", "yes"), ("sensitive_list", "special_status"), ("sensitive_list", "blood")),
        *(("seen", "special_status"), ("seen", "blood")),
        *(("special_status", "party_member"), ("blood", "3次")),
    ]
    text = plain(browser.estimated([*plainly, ("seen", "sensitive_list"), *told]))
    assert "至少71分可能到91.5分" in text.replace(" ", "")
    assert "这几项没有问" not in text


@pytest.mark.parametrize("birth", ["2013年3月", "2012年11月24日"])
def test_under_fourteen_a_parent_is_asked_for_and_the_birth_not_shown(
    browser: Browser, birth: str
) -> None:
    answer = browser.estimated(changed(birth=birth))
    assert answer.status_code == 422
    assert "请家长写自己的情况" in plain(answer)
    assert birth not in answer.get_data(as_text=True)
    fourteen = browser.estimated(changed(birth="2012年11月23日"))
    assert "请家长写自己的情况" not in plain(fourteen)


def test_something_vague_is_asked_again_and_the_rest_is_kept(browser: Browser) -> None:
    answer = browser.estimated(changed(social_insurance="三年多"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "有 1 处没看明白" in page
    assert 'href="#social_insurance"' in page
    assert 'value="三年多"' in page
    assert 'value="junior_college" checked' in page
    assert 'value="50个月"' in page


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("农保", "农保、居民医保这些算不算，没有公布"),
        ("老家交的", "别处的不算"),
        ("嗯", "没看明白"),
    ],
)
def test_an_error_quotes_what_was_written_and_announces_what_was_opened(
    browser: Browser, written: str, said: str
) -> None:
    unseen = [
        pair for pair in changed(social_insurance=written) if pair[0] not in ("seen", "rented")
    ]
    text = plain(browser.post("/estimate", unseen))
    assert f"您写的是“{written}”。" in text
    assert said in text
    assert "还多了 3 个小问题" in text
    number = plain(browser.post("/estimate", changed(birth="330324199003071234")))
    assert "330324199003071234" not in number


def test_a_time_longer_than_a_life_is_doubted(browser: Browser) -> None:
    answer = browser.estimated(changed(birth="1995年5月", social_insurance="40年"))
    assert answer.status_code == 422
    assert "和出生年月对不上" in plain(answer)


def test_an_identity_number_is_refused_kindly(browser: Browser) -> None:
    answer = browser.estimated(changed(birth="330324199003071234"))
    assert "请不要写身份证号" in plain(answer)


def test_follow_ups_come_on_the_next_page_without_script(browser: Browser) -> None:
    fields = [(name, text) for name, text in FORM if name not in ("volunteer", "seen", "rented")]
    answer = browser.estimated(fields)
    assert "还差 3 个小问题" in plain(answer)
    assert "租房年数" in plain(answer)


def test_a_follow_up_left_empty_is_unknown_and_not_asked_for_ever(browser: Browser) -> None:
    answer = browser.estimated(changed(volunteer=""))
    assert "志愿服务" in plain(answer)
    assert "64 分" in plain(answer)


def test_all_answers_can_be_looked_through_from_the_result(browser: Browser) -> None:
    result = browser.post("/estimate", FORM).headers["Location"]
    page = browser.get(f"{result}/edit").get_data(as_text=True)
    assert 'value="42个月"' in page
    assert 'value="volunteer" checked' in page
    assert 'name="sensitive" value="yes" aria-describedby="sensitive-hint" checked' in page


def test_ticking_one_line_says_no_to_the_others(browser: Browser) -> None:
    ticked = plain(browser.estimated(changed(county="red_station"))).replace(" ", "")
    assert "至少67分可能到77.5分" in ticked


def test_what_people_write_is_escaped(browser: Browser) -> None:
    answer = browser.estimated(changed(birth='"><script>alert(1)</script>'))
    assert "<script>alert" not in answer.get_data(as_text=True)


def test_foreign_and_hostile_fields_do_no_harm(browser: Browser) -> None:
    for field in (("education", "no-such"), ("county", "x" * 9000), ("nothing", "1"), ("home", "")):
        assert browser.estimated([field]).status_code in (200, 422)


def test_a_forged_form_is_not_accepted(browser: Browser) -> None:
    answer = browser.post("/estimate", FORM, token="forged")
    assert answer.status_code == 400
    assert "请重新打开" in plain(answer)


def test_every_reason_for_not_understanding_has_its_sentence() -> None:
    page = (files("templates") / "pages" / "_question.html").read_text(encoding="utf-8")
    plainly = {"empty", "unknown", "question", "not_understood"}  # what stands for the rest
    for why in set(get_args(Why)) - plainly:
        assert f"refused.why == '{why}'" in page


def test_what_the_office_publishes_stands_under_the_number(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As text, whatever the office typed; of many places all can be opened."""
    monkeypatch.setattr(admissions, "folder", lambda: tmp_path)
    rows = [
        f"- {{purpose: 积分入学, year: 2025, place: 学校<b>{number}, last: {60 + number},"
        " from: 2025-06-20, source: 公告}"
        for number in range(5)
    ]
    (tmp_path / admissions.FILE).write_text("admissions:\n" + "\n".join(rows), encoding="utf-8")
    page = browser.estimated(FORM).get_data(as_text=True)
    assert "最低的学校&lt;b&gt;0 60 分，最高的学校&lt;b&gt;4 64 分；您至少 66 分。" in page
    assert "<span>学校&lt;b&gt;2</span>" in page
    assert "出处：公告" in page
