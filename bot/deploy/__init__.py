"""What an operator installs beside the program: `root/` is laid out as the machine's own root."""

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).with_name("root")
PROGRAM = "/opt/xinshimin"  # where the files suppose the program to be
PROGRAMS = Path("usr/local/bin")  # what lies there can be run


def place(folder: Path, program: Path = Path(sys.prefix)) -> Iterator[Path]:
    """Lay all files below `folder`, over those of an earlier version, for a program installed at
    `program`; say which were changed or are new. Nothing that an operator writes is among them.

    Raises:
        OSError: one of them cannot be written.
    """
    for source in sorted(file for file in ROOT.rglob("*") if file.is_file()):
        name = source.relative_to(ROOT)
        target, text = folder / name, _fitted(source.read_text("utf-8"), program)
        if target.exists() and target.read_text("utf-8") == text:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
        target.chmod(0o755 if PROGRAMS in name.parents else 0o644)
        yield target


def _fitted(text: str, program: Path) -> str:
    return text.replace(f"{PROGRAM}/", f"{program}/")
