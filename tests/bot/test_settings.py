import os
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest

import bot
from bot.settings import Settings, SettingsError
from tests.bot.setting_up import environment_of, settings_for

GOOD = environment_of(settings_for(Path("var")))


def problem(**changes: str) -> str:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment(
            GOOD | {f"XINSHIMIN_{key}": text for key, text in changes.items()}
        )
    return str(caught.value)


def test_complete_settings_are_taken_from_the_environment() -> None:
    assert replace(Settings.from_environment(GOOD)) == settings_for(Path("var"))


def test_both_aes_keys_are_used_the_current_one_first() -> None:
    first, second = Settings.from_environment(GOOD).aes_keys
    assert (len(first), len(second)) == (32, 32)
    assert first != second


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("WECHAT_TOKEN", "", "WECHAT_TOKEN is missing"),
        ("WECHAT_TOKEN", "weixin", "8 to 32 letters or digits"),
        ("WECHAT_TOKEN", "令牌令牌令牌令牌", "8 to 32 letters or digits"),
        ("WECHAT_TOKEN", "aaaaaaaaaaaa", "too easy to guess"),
        ("WECHAT_APPID", "", "WECHAT_APPID is missing"),
        ("WECHAT_APPID", "my account", "which is no AppID"),
        ("WECHAT_SECRET", "", "WECHAT_SECRET is missing"),
        ("WECHAT_AES_KEY", "short", "WECHAT_AES_KEY must be the 43 letters"),
        ("WECHAT_AES_KEY", "a" * 43, "too easy to guess"),
        ("WECHAT_AES_KEY_PREVIOUS", "short", "WECHAT_AES_KEY_PREVIOUS must be the 43"),
        ("SECRET_KEY", "", "SECRET_KEY is missing"),
        ("SECRET_KEY", "short", "has 5 characters; it needs at least 32"),
        ("SECRET_KEY", "a" * 64, "too easy to guess"),
        ("DATA_KEY", f"a,{'0123456789' * 4}", "DATA_KEY has a comma"),
        ("DATA_KEY", "short", "has 5 characters; it needs at least 32"),
        ("DATA_KEY", "a" * 64, "too easy to guess"),
        ("DATA_KEY", GOOD["XINSHIMIN_SECRET_KEY"], "DATA_KEY must not be XINSHIMIN_SECRET_KEY"),
        ("BACKUP_KEY", "short", "BACKUP_KEY has 5 characters"),
        ("BACKUP_KEY", GOOD["XINSHIMIN_DATA_KEY"], "BACKUP_KEY must be a key of its own"),
        ("BACKUP_KEY", "a,key of backups, long and odd enough", "which separates earlier keys"),
        ("BACKUP_KEY_PREVIOUS", "short", "BACKUP_KEY_PREVIOUS has 5 characters"),
        ("DATA_KEY_PREVIOUS", "short", "DATA_KEY_PREVIOUS has 5 characters"),
        ("DATA_KEY_PREVIOUS", GOOD["XINSHIMIN_DATA_KEY"], "has the key of XINSHIMIN_DATA_KEY"),
        ("PUBLIC_URL", "jf.example.cn", "must start with https://"),
        ("KEEP_DAYS", "half a year", "must be a whole number"),
        ("KEEP_DAYS", "-1", "KEEP_DAYS is -1; it must be from 30 to 3650."),
        ("KEEP_DAYS", "0", "KEEP_DAYS is 0; it must be from 30 to 3650."),
        ("BLANK_DAYS", "0", "BLANK_DAYS is 0; it must be from 7 to 3650."),
        ("WECHAT_SKEW_SECONDS", "999999", "it must be from 60 to 3600."),
        ("HOTLINE_YEAR", "22", "it must be from 2000 to 2099, or 0."),
        ("PROXIES", "11", "it must be from 0 to 10."),
        ("WECHAT_MODE", "loud", "must be one of"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL is 'loud'; it must be one of"),
        ("WECHAT_API", "api.weixin.qq.com", "WECHAT_API must start with https://"),
        ("WECHAT_SDK", "javascript:alert(1)", "WECHAT_SDK must start with https://"),
    ],
)
def test_what_is_missing_or_weak_is_named(name: str, text: str, words: str) -> None:
    assert words in problem(**{name: text})


def test_all_problems_are_told_at_once() -> None:
    told = problem(WECHAT_TOKEN="", SECRET_KEY="x", KEEP_DAYS="x")
    assert told.count("\n- ") == 3


def test_an_account_that_may_not_sign_people_in_says_so(tmp_path: Path) -> None:
    given = environment_of(settings_for(tmp_path))
    assert Settings.from_environment(given | {"XINSHIMIN_WECHAT_OPEN": ""}).signs_in
    assert not Settings.from_environment(given | {"XINSHIMIN_WECHAT_OPEN": "off"}).signs_in


def test_safe_mode_demands_its_key() -> None:
    for mode in ("safe", ""):  # safe is what an installation gets that says nothing
        told = problem(WECHAT_MODE=mode, WECHAT_AES_KEY="")
        assert "XINSHIMIN_WECHAT_AES_KEY is missing: choose safe mode" in told
        assert "Only for a test account" in told


def test_production_demands_a_key_for_what_is_known_of_people() -> None:
    told = problem(WECHAT_MODE="safe", DATA_KEY="")
    assert "XINSHIMIN_DATA_KEY is missing" in told
    assert "python3 -c" in told


def test_several_earlier_keys_open() -> None:
    first, second = "a first earlier key: long and odd", "a second earlier key: long and odd"
    given = GOOD | {"XINSHIMIN_DATA_KEY_PREVIOUS": f"{first}, {second},"}
    assert Settings.from_environment(given).data_keys[1:] == (first, second)


@pytest.mark.parametrize("name", ["OPERATOR", "CONTACT"])
def test_who_is_responsible_must_be_named_in_production(name: str) -> None:
    assert f"XINSHIMIN_{name} is missing" in problem(**{"WECHAT_MODE": "safe", name: ""})
    good = settings_for(Path("var"), wechat_mode="any", proxies=1)
    test_account = replace(good, **{name.lower(): ""})
    assert not list(test_account.problems())
    assert any(f"XINSHIMIN_{name} is missing" in one for one in test_account.warnings())


def test_a_test_account_needs_no_key() -> None:
    given = GOOD | {"XINSHIMIN_WECHAT_MODE": "any", "XINSHIMIN_WECHAT_AES_KEY": ""}
    assert Settings.from_environment(given).aes_keys


def test_what_is_allowed_and_unwise_is_warned_of() -> None:
    good = settings_for(Path("var"), wechat_mode="safe", proxies=1)
    assert not list(good.warnings())
    for key in (good.wechat_aes_key, ""):
        [clear] = replace(good, wechat_mode="any", wechat_aes_key=key).warnings()
        assert "set XINSHIMIN_WECHAT_MODE=safe" in clear
    [unsealed] = replace(good, data_key="").warnings()
    assert unsealed.startswith("XINSHIMIN_DATA_KEY is not set")
    [address] = replace(good, public_url="").warnings()
    assert "XINSHIMIN_PUBLIC_URL" in address
    [proxies] = replace(good, proxies=0).warnings()
    assert proxies.startswith("XINSHIMIN_PROXIES is 0 while PUBLIC_URL begins with https://")
    assert not list(replace(good, proxies=2).warnings())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("XINSHIMIN_KEEPDAYS", "did you mean XINSHIMIN_KEEP_DAYS?"),
        ("XINSHIMIN_WECHAT_MODUS", "did you mean XINSHIMIN_WECHAT_MODE?"),
        ("Xinshimin_keep_days", "did you mean XINSHIMIN_KEEP_DAYS?"),
        ("XINSHIMN_KEEP_DAYS", "did you mean XINSHIMIN_KEEP_DAYS?"),
        ("XINSHIMIN_Q", "remove it."),
    ],
)
def test_a_misspelt_name_is_refused(given: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment(GOOD | {given: "30"})
    assert f"\n- {given} is not a setting: {said}" in str(caught.value)


def test_names_of_others_and_of_the_demonstration_are_known() -> None:
    others = {"PATH": "/bin", "KEEP_DAYS": "0", "WECHAT_TOKEN": "x", "DATABASE_URL": "x"}
    mine = {"XINSHIMIN_DEMO_FOLDER": "var/demo", "XINSHIMIN_DEMO_PORT": "8000"}
    assert Settings.from_environment(GOOD | others | mine)


def test_every_number_has_bounds_that_its_default_keeps() -> None:
    numbers = [one for one in fields(Settings) if one.type is int]
    assert len(numbers) >= 5
    for one in numbers:
        assert {"least", "most"} <= one.metadata.keys(), one.name
        assert one.metadata["least"] <= one.default <= one.metadata["most"], one.name


def test_no_secret_is_repeated_in_the_message() -> None:
    secret = "x" * 20 + "geheim"
    assert secret not in problem(WECHAT_AES_KEY=secret, SECRET_KEY=secret, WECHAT_TOKEN=secret * 2)


def test_a_production_start_without_secrets_stops_with_the_sentence(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.getcwd()}
    started = subprocess.run(
        [sys.executable, "-m", "gunicorn", "--bind", "127.0.0.1:0", "bot:create_app()"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode != 0
    assert "\n- XINSHIMIN_SECRET_KEY is missing: make one with" in started.stderr
    assert "Traceback" not in started.stderr


def test_the_guide_names_every_setting() -> None:
    guide = (Path(bot.__file__).parent / "README.md").read_text(encoding="utf-8")
    assert [one.name for one in fields(Settings) if f"`{one.name.upper()}`" not in guide] == []
