"""Whatever the words are, the platform takes the fields."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outbox.fields import fit
from bot.outbox.wording import load_notices
from tests.bot.outbox.platform import LIMITS

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)


@given(kind=st.sampled_from(["thing", "phrase", "character_string", "name"]), text=TEXT)
def test_every_text_fits(kind, text):
    assert LIMITS[kind].fullmatch(fit(f"{kind}1", text))


@given(site=TEXT, reason=TEXT, code=TEXT)
def test_every_notice_fits(site, reason, code):
    notices = load_notices()
    words = {
        "site": site,
        "reason": reason,
        "code": code,
        "starts_at": "2026-11-24T09:00:00+08:00",
        "until": "2026-11-23T10:00:00+08:00",
    }
    for kind in notices.notices:
        for name, text in notices.fields(kind, words).items():
            assert LIMITS[name.rstrip("0123456789")].fullmatch(text), (kind, name, text)


def test_our_own_texts_are_not_cut():
    notices = load_notices()
    for kind, wording in notices.notices.items():
        assert len(wording.what) <= 20, kind
        words = {"reason": "", "until": "00:00", "until_day": "30", "ahead": "9"}
        assert len(wording.note.format(**words)) <= 20, kind


def test_a_long_thing_ends_in_a_mark():
    assert fit("thing1", "一" * 25) == "一" * 19 + "…"
    assert fit("thing1", "一" * 20) == "一" * 20


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("请改约。线路检修停电，下午两点以后照常开", "请改约。线路检修停电，下午两点以后照常开"),
        ("请改约。线路检修停电，下午两点以后照常办理", "请改约。线路检修停电…"),
        ("请改约。因为大楼的线路检修所以一整天都停电", "请改约。因为大楼的线路检修所以一整天都…"),
    ],
)
def test_a_long_thing_is_cut_behind_a_clause(text, shown):
    assert fit("thing1", text) == shown


def test_a_moment_is_spoken():
    fields = load_notices().fields("offer", {"until": "2026-11-23T10:05:00+08:00"})
    assert fields["thing5"] == "留到 23日 10:05，点进来确认"
    assert fields["character_string4"] == "-"
