"""Replies as WeChat text: tappable, never markup from outside, never too long."""

import pytest

from dialogs.rendering import LIMIT, plain, wechat
from dialogs.reply import Choice, Link, Reply

PAGE = "https://jifen.example.cn"


def choices(count: int, label: str = "选项") -> tuple[Choice, ...]:
    return tuple(Choice(n, f"{label}{n}", f"q.1.k{n}") for n in range(1, count + 1))


def test_a_choice_is_a_number_and_a_link() -> None:
    shown = wechat(Reply("问？", (Choice(1, "大专", "education.1.junior_college"),)), PAGE)
    assert shown == (
        '问？\n▸ 1 <a href="weixin://bizmsgmenu?msgmenucontent=大专'
        '&msgmenuid=education.1.junior_college">大专</a>'
    )


def test_pages_are_linked_only_with_a_public_address() -> None:
    reply = Reply("好。", links=(Link("隐私说明", "/privacy"),))
    assert wechat(reply, PAGE) == f'好。\n<a href="{PAGE}/privacy">隐私说明</a>'
    assert wechat(reply, None) == "好。"
    assert plain(reply) == "好。\n→ 隐私说明（/privacy）"


def test_without_number() -> None:
    assert plain(Reply("问？", (Choice(0, "没交过", "x"),))) == "问？\n▸ 没交过"


def test_long_lists_share_lines() -> None:
    assert plain(Reply("问？", choices(11))).splitlines()[1] == "▸ 1 选项1　▸ 2 选项2"
    assert plain(Reply("问？", choices(7))).splitlines()[1] == "▸ 1 选项1"


@pytest.mark.parametrize(
    "label", ["党员、民主党派、退役军人", "很长很长很长很长很长很长的一个选项"]
)
@pytest.mark.parametrize("count", [3, 13, 30])
def test_never_longer_than_the_limit(label: str, count: int) -> None:
    for size in (10, 300, 3000):
        shown = wechat(Reply("说" * size, choices(count, label)), PAGE)
        assert len(shown.encode()) <= LIMIT


def test_numbers_carry_the_links_when_words_are_too_long() -> None:
    shown = wechat(Reply("问？", choices(13, "党员、民主党派、退役军人")), PAGE)
    assert "msgmenucontent=1&" in shown
    assert shown.count("</a>") == 13


def test_a_long_remark_before_a_list_takes_no_more_links_than_it_must() -> None:
    """An answer of 300 characters above the longest list of the questionnaire."""
    listed = choices(13, "人大代表、政协委员")
    shown = wechat(Reply("说" * 300, listed), PAGE)
    assert 4 < shown.count("</a>") < 13
    assert ">人大代表、政协委员13</a>" in shown  # what ends the list
    assert all(f"▸ {one.number} " in shown for one in listed)
    one_more = shown.count("</a>") + 1
    assert len(shown.encode()) + len(listed[-one_more].tap) + 62 > LIMIT


def test_the_text_is_cut_at_a_line_before_the_choices() -> None:
    shown = wechat(Reply("\n".join(["一行字"] * 300), choices(3)), PAGE)
    assert "一行字…" in shown
    assert shown.endswith("▸ 3 选项3")


def test_nothing_from_outside_becomes_markup() -> None:
    shown = wechat(Reply("“<a href='x'>点</a>”]]>\x00\x0b\ud800", choices(1, '"><b>')), None)
    assert "<b>" not in shown
    assert "]]>" not in shown
    assert "＜a href='x'＞" in shown
    assert not [c for c in map(ord, shown) if c < 32 and c != 10]
