"""How characters sound, so that a homophone typed by mistake still counts for something.

The table `sounds.txt` holds the characters of GB 2312 and those of the aliases,
one line per sound. zh and z, -ng and -n are one: most people here do not tell them apart.
"""

from functools import cache
from importlib.resources import files


@cache
def _sounds() -> dict[str, str]:
    lines = (files("dialogs") / "sounds.txt").read_text("utf-8").splitlines()
    rows = (line.split() for line in lines if not line.startswith("#"))
    return {character: sound for sound, characters in rows for character in characters}


@cache
def _southern(sound: str) -> str:
    for apart, one in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        sound = sound.replace(apart, one)
    return sound.removesuffix("g") if sound.endswith("ng") else sound


def sounds(text: str) -> list[str]:
    """The sound of each character, marked as one; an unknown character stands for itself.

    >>> sounds("证#")
    ['~zen', '~#']
    """
    return list(map(_marked().__getitem__, text))


class _Marked(dict[str, str]):
    def __missing__(self, character: str) -> str:
        return f"~{_southern(character)}"


@cache
def _marked() -> _Marked:
    return _Marked((character, f"~{_southern(sound)}") for character, sound in _sounds().items())


def spelling(text: str) -> str:
    """The text in pinyin, as it is typed.

    >>> spelling("大专")
    'dazhuan'
    """
    known = _sounds()
    return "".join([known.get(character, character) for character in text])
