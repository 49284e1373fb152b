"""`xinshimin init`: ten questions, and the files of an installation."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import settings_file
from bot.cli import main
from bot.deploy.questions import questions
from bot.settings import Settings, SettingsError
from scoring.counties import county_folder

SECRET = "0123456789abcdef0123456789abcdef"
ANSWERS = {
    "PUBLIC_URL": "https://jf.example.cn",
    "WECHAT_MODE": "",
    "WECHAT_APPID": "wx0123456789abcdef",
    "WECHAT_SECRET": SECRET,
    "COUNTY": "",
    "OPERATOR": "测试服务中心",
    "CONTACT": "0577-00000000",
    "ICP": "",
    "DATABASE_URL": "sqlite:///{folder}/x.db",
    "networks": "10.20.0.0/16 127.0.0.1",
}


def init(folder: Path, *before: str, **changes: str) -> Result:
    """Answer all questions; `before`: lines typed before a question is answered, by its name."""
    wrong = dict(one.split("=", 1) for one in before)
    lines = []
    for name, answer in (ANSWERS | changes).items():
        lines += [wrong[name]] if name in wrong else []
        lines.append(answer.format(folder=folder))
    return CliRunner().invoke(main, ["init", str(folder)], input="\n".join([*lines, ""]))


def test_there_are_ten_questions() -> None:
    assert [one.name for one in questions()] == list(ANSWERS)
    assert len(ANSWERS) == 10


def test_the_service_starts_with_what_is_written(tmp_path: Path) -> None:
    done = init(tmp_path)
    assert done.exit_code == 0, done.output
    file = tmp_path / "settings.env"
    assert file.stat().st_mode & 0o777 == 0o600
    written = settings_file.read(file)
    settings = Settings.from_environment(written)
    assert (settings.public_url, settings.proxies) == ("https://jf.example.cn", 1)
    assert not list(settings.warnings())
    for said in (settings.wechat_token, settings.wechat_aes_key, "https://jf.example.cn/wechat"):
        assert said in done.output
    for kept in (settings.secret_key, settings.data_key, settings.backup_key):
        assert kept not in done.output
    assert (tmp_path / "site.conf").read_text() == "server_name jf.example.cn;\n"
    allowed = "allow 10.20.0.0/16;\nallow 127.0.0.1;\ndeny all;\n"
    assert (tmp_path / "networks.conf").read_text() == allowed


@pytest.mark.parametrize("county", ["ruian", "yongjia", "{folder}/new"])
def test_another_county_than_that_of_this_process_is_taken(tmp_path: Path, county: str) -> None:
    template = county_folder("ruian")
    shutil.copytree(template, tmp_path / "new")
    done = init(tmp_path, COUNTY=county)
    assert done.exit_code == 0, done.output
    written = settings_file.read(tmp_path / "settings.env")
    assert written["XINSHIMIN_COUNTY"] == county.format(folder=tmp_path)


def test_secrets_are_made_anew_for_each(tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        init(tmp_path / name)
        made.append(Settings.from_environment(settings_file.read(tmp_path / name / "settings.env")))
    for secret in ("wechat_token", "wechat_aes_key", "secret_key", "data_key", "backup_key"):
        assert getattr(made[0], secret) != getattr(made[1], secret)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("PUBLIC_URL=jf.example.cn", "It must begin with https://"),
        ("PUBLIC_URL=https://jf.example.cn/x", "Give the host alone: https://jf.example.cn."),
        ("WECHAT_MODE=plain", "WECHAT_MODE is 'plain'; it must be one of"),
        ("WECHAT_APPID=wx123", "An AppID is wx and 16 digits"),
        ("WECHAT_SECRET=hush", "An AppSecret is 32 digits"),
        ("COUNTY=永嘉县", "Packaged are ruian, yongjia; the folder of another one is begun by"),
        ('OPERATOR="a"', "The answer must not have '\"' in it."),
        ("DATABASE_URL=mysql://x", "XINSHIMIN_DATABASE_URL must look like"),
        ("DATABASE_URL=sqlite:///var/x.db", "Give the whole path, with four slashes"),
        ("DATABASE_URL=postgresql://127.0.0.1:9/x", "It does not answer"),
        ("networks=10.20.0.1/16", "10.20.0.1/16 has host bits set: write it like 10.20.0.0/16"),
    ],
)
def test_a_wrong_answer_is_explained_and_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = init(tmp_path, typed)
    assert said in done.output
    assert done.exit_code == 0, done.output


def test_settings_that_are_there_are_offered_and_kept_aside(tmp_path: Path) -> None:
    init(tmp_path)
    file = tmp_path / "settings.env"
    with file.open("a") as more:
        more.write("XINSHIMIN_KEEP_DAYS=90\n")
    before = settings_file.read(file)
    done = init(tmp_path, **(dict.fromkeys(ANSWERS, "") | {"CONTACT": "0577-11111111"}))
    assert done.exit_code == 0, done.output
    assert f"{file} is there: its values are offered, its keys kept." in done.output
    assert settings_file.read(file) == before | {"XINSHIMIN_CONTACT": "0577-11111111"}
    assert "allow 10.20.0.0/16;" in (tmp_path / "networks.conf").read_text()
    [aside] = tmp_path.glob("settings.env.replaced-*")
    assert settings_file.read(aside) == before
    assert SECRET not in done.output
    assert aside.stat().st_mode & 0o777 == 0o600


def test_a_test_account_has_no_key_to_enter(tmp_path: Path) -> None:
    done = init(tmp_path, WECHAT_MODE="any")
    assert "Token" in done.output
    assert "EncodingAESKey" not in done.output


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("XINSHIMIN_CONTACT", "s.env:1: write XINSHIMIN_NAME=value"),
        ("HOME=/", "s.env:1: write XINSHIMIN_NAME=value"),
        ("XINSHIMIN_CONTACT=a\\b", "s.env:1: XINSHIMIN_CONTACT must not have"),
    ],
)
def test_a_slip_in_the_file_is_named(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "s.env"
    file.write_text(f"{line}\n")
    with pytest.raises(SettingsError, match=said):
        settings_file.read(file)
    done = CliRunner().invoke(main, ["--settings", str(file), "db", "status"])
    assert done.exit_code == 1
    assert said in done.output


def test_a_command_takes_the_settings_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XINSHIMIN_DATABASE_URL", "sqlite:///of-the-shell.db")
    file = tmp_path / "s.env"
    file.write_text(f'# a comment\nXINSHIMIN_DATABASE_URL="sqlite:///{tmp_path}/y.db"\n')
    assert CliRunner().invoke(main, ["--settings", str(file), "db", "status"]).exit_code == 0
    assert (tmp_path / "y.db").exists()
