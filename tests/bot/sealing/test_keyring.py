"""What a key seals opens in its own place only, and with that key only."""

from pathlib import Path

import pytest

from bot.sealing.keyring import EMPTY, Keyring, SealError, is_sealed
from bot.settings import Settings
from tests.bot.setting_up import settings_for

COLUMN, ROW, TEXT = "conversations.talk", "o1", "大专，电话 0577-1234"


def keyring(**changes: str) -> Keyring:
    return Keyring.of(settings_for(Path("unused"), **changes))


@pytest.mark.parametrize("text", ["", "一", TEXT, "s1.00000000.abc", "长" * 100_000])
def test_a_sealed_text_opens_and_shows_nothing(text: str) -> None:
    sealed = keyring().seal(COLUMN, ROW, text)
    assert is_sealed(sealed)
    assert not text or text not in sealed
    assert keyring().open(COLUMN, ROW, sealed) == text


def test_the_same_text_is_never_sealed_alike() -> None:
    assert len({keyring().seal(COLUMN, ROW, TEXT) for _ in range(100)}) == 100


@pytest.mark.parametrize(
    "place", [("deliveries.reply", ROW), (COLUMN, "o2"), (COLUMN, "o"), (f"{COLUMN}\n", ROW)]
)
def test_in_another_place_it_does_not_open(place: tuple[str, str]) -> None:
    with pytest.raises(SealError, match="damaged, or of another row"):
        keyring().open(*place, keyring().seal(COLUMN, ROW, TEXT))


def test_what_is_damaged_does_not_open() -> None:
    sealed = keyring().seal(COLUMN, ROW, TEXT)
    start = sealed.rindex(".") + 1
    damaged = [sealed[:end] for end in range(len(sealed))]
    for at in range(start, len(sealed) - 2):  # the last letters may have bits that say nothing
        damaged.append(sealed[:at] + ("A" if sealed[at] != "A" else "B") + sealed[at + 1 :])
    for text in [*damaged, f"{sealed}.x", sealed.replace("s1.", "s2.", 1), TEXT]:
        with pytest.raises(SealError) as error:
            keyring().open(COLUMN, ROW, text)
        assert TEXT not in str(error.value)


def test_another_key_does_not_open_and_is_named() -> None:
    sealed = keyring().seal(COLUMN, ROW, TEXT)
    other = keyring(data_key="another key of thirty-two letters")
    with pytest.raises(SealError, match=f"sealed with the key {sealed[3:11]}, which is not here"):
        other.open(COLUMN, ROW, sealed)


def test_earlier_keys_open_and_the_current_one_seals() -> None:
    old = keyring()
    new = keyring(
        data_key="another key of thirty-two letters",
        data_key_previous=f"some third one, {settings_for(Path('x')).data_key}",
    )
    assert new.open(COLUMN, ROW, old.seal(COLUMN, ROW, TEXT)) == TEXT
    assert new.current is not None
    assert new.seal(COLUMN, ROW, TEXT).startswith(f"s1.{new.current.id}.")


def test_a_test_account_seals_with_the_secret_key_and_goes_on_with_a_data_key() -> None:
    trial = keyring(data_key="", wechat_mode="any")
    sealed = trial.seal(COLUMN, ROW, TEXT)
    assert keyring(wechat_mode="safe").open(COLUMN, ROW, sealed) == TEXT
    with pytest.raises(SealError, match="which is not here"):
        keyring(secret_key="another secret of thirty-two signs").open(COLUMN, ROW, sealed)


@pytest.mark.parametrize("none", [EMPTY, Keyring.of(Settings(secret_key="x" * 32))])
def test_without_a_key_nothing_is_sealed(none: Keyring) -> None:
    with pytest.raises(SealError, match="XINSHIMIN_DATA_KEY is missing"):
        none.seal(COLUMN, ROW, TEXT)


def test_an_index_is_the_same_for_the_same_and_needs_the_key() -> None:
    first, second = keyring().current, keyring(data_key="another key of thirty-two letters").current
    assert first is not None
    assert second is not None
    assert first.index("phone", "1") == first.index("phone", "1")
    others = {first.index("tail", "1"), first.index("phone", "2"), second.index("phone", "1")}
    assert len(others | {first.index("phone", "1")}) == 4


def test_a_key_does_not_show_itself() -> None:
    secret = settings_for(Path("unused")).data_key
    assert secret not in repr(keyring())
    assert secret not in repr(keyring().current)
