"""What nobody may choose as a password, and what everybody may."""

from time import process_time

import pytest

from bot.staff.auth.passwords import FEWEST_GUESSES, LOOKED_AT, _guesses, fault, generated


@pytest.mark.parametrize(
    ("password", "found"),
    [
        ("a long one,", "short"),  # eleven
        ("a long one,x", ""),  # twelve
        ("山里的风很大呀呀真凉", "short"),
        ("山里的风很大呀呀真凉快啊", ""),
        ("correct horse battery", ""),
        ("password1234", "common"),
        ("P@ssw0rd1234", "common"),
        ("Aa123456789!", "common"),
        ("admin@123456", "common"),
        ("1qaz2wsx3edc", "common"),
        ("qwertyuiop12", "common"),
        ("123456789012", "common"),
        ("aaaaaaaaaaaa", "common"),
        ("ａａａａａａａａａａａａ", "common"),
        ("woaini1314520", "common"),
        ("5201314woaini", "common"),
        ("zhangsan1990", "common"),
        ("wenzhou325100", "common"),
        ("guanliyuan123", "common"),
        ("我爱中国我爱中国我爱中国", "common"),
        ("river lifang boat", "named"),
        ("LiFang-river-boat", "named"),
        ("yongjia river boat", "named"),
        ("ＹｏｎｇＪｉａ river boat", "named"),
        ("永嘉的山很高水也很清", "short"),
        ("永嘉的山很高水也很清呀呀呀", "named"),
        ("xinshimin-river-boat", "named"),
    ],
)
def test_a_password(password: str, found: str) -> None:
    assert fault(password, "lifang") == found


def test_a_generated_one_is_always_good() -> None:
    assert not any(fault(generated(), "lifang") for _ in range(50))


def test_the_least_that_is_hard_to_guess() -> None:
    """Nine random digits are a thousand million guesses, ten are enough."""
    assert _guesses("7302948156"[:9]) < FEWEST_GUESSES
    assert _guesses("7302948156a") >= FEWEST_GUESSES


def test_no_password_takes_long_to_judge() -> None:
    """One made so that many signs may stand for many letters, and as long as a form takes."""
    began = process_time()
    assert not fault("4@8({[<369!1|07$5+7%2x" * 9, "lifang")
    assert process_time() - began < 3
    assert LOOKED_AT < 30
