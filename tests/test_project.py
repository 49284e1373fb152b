"""What holds for the whole repository: its rooms, its lock files, the direction of its imports."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
LOCKS = sorted(ROOT.glob("requirements*.txt"))


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def keys_written_twice(node: yaml.Node) -> list[str]:
    """The later of two values would win without a word. `line: key`, lines from 1."""
    if isinstance(node, yaml.SequenceNode):
        return [found for item in node.value for found in keys_written_twice(item)]
    if not isinstance(node, yaml.MappingNode):
        return []
    first: dict[str, yaml.Node] = {}
    found = [
        f"{key.start_mark.line + 1}: {key.value}"
        for key, _ in node.value
        if key is not first.setdefault(str(key.value), key)
    ]
    return found + [deeper for _, value in node.value for deeper in keys_written_twice(value)]


def test_imports_run_only_downward():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_is_pinned_with_hashes_and_names_no_index(lock):
    text = lock.read_text()
    packages = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"^\s*#.*\n", "", text, flags=re.M).strip())
    assert packages
    for package in packages:
        assert re.match(r"[A-Za-z0-9._\[\]-]+==\S+", package), package[:80]
        assert "--hash=sha256:" in package, package[:80]
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links", text)


@pytest.mark.parametrize("file", ["Makefile", "bot/README.md"])
def test_nothing_is_installed_without_its_hash(file):
    """Ourselves without build isolation, which would fetch whatever builds us unseen."""
    told = re.findall(
        r"pip install ((?:-|\S*requirements).*?)(?=&&|$)", (ROOT / file).read_text(), re.M
    )
    assert len(told) > 1
    for arguments in told:
        ours = "--no-deps" in arguments and "--no-build-isolation" in arguments
        assert ours or "--require-hashes" in arguments, arguments


@pytest.mark.parametrize("file", ["README.md", "bot/README.md"])
def test_gunicorn_is_nowhere_started_without_our_configuration(file):
    """Which opens no control socket and takes no path from a header."""
    told = re.findall(r"gunicorn\b[^`\n]*bot:create_app\(\)", (ROOT / file).read_text())
    assert told
    assert all("--config python:bot.gunicorn_conf" in one for one in told), told


def test_what_builds_us_is_locked_at_the_version_asked_for():
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["build-system"]["requires"]
    for lock in ("requirements.txt", "requirements-dev.txt"):
        pins = re.findall(r"^(\S+==\S+)", (ROOT / lock).read_text(), re.M)
        assert set(asked) <= set(pins), lock


def test_the_runtime_lock_is_part_of_the_development_lock():
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^([A-Za-z0-9._-]+==[^ ]+)", (ROOT / name).read_text(), re.M))

    assert pins("requirements.txt") <= pins("requirements-dev.txt")


def test_the_top_level_holds_the_five_rooms_and_what_tools_expect():
    rooms = {path.relative_to(ROOT).parts[0] for path in tracked() if path.parent != ROOT}
    assert {room for room in rooms if not room.startswith(".")} == {
        "bot",
        "dialogs",
        "scoring",
        "templates",
        "tests",
    }


def test_what_reads_a_table_by_its_name_has_its_tables_registered():
    """A command may import such a module before any other of the service."""
    rooms = [path for path in tracked() if path.is_relative_to(ROOT / "bot")]
    texts = {path: path.read_text("utf-8") for path in rooms if path.suffix == ".py"}
    by_name = {path: text for path, text in texts.items() if "metadata.tables[" in text}
    assert by_name
    registers = re.compile(r"^(?:from|import) bot\.models", re.MULTILINE)
    assert not [path for path, text in by_name.items() if not registers.search(text)]


def test_no_sentence_for_people_stands_in_the_code():
    """Words are templates or data; Chinese in code is a term, a pattern or an example."""
    sentence = re.compile(r"[一-鿿]{4,}[，、：][一-鿿]{2,}[^\n]*[。？]")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        if path.suffix == ".py" and "tests" not in path.relative_to(ROOT).parts
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if sentence.search(line)
    ]
    assert not found, found


def test_no_key_of_a_data_file_is_written_twice():
    """As a merge of two long lines leaves it. Of rulesets the reader itself refuses one."""
    assert keys_written_twice(yaml.compose("a: 1\nb: [{c: 1, c: 2}]\na: 3")) == ["3: a", "2: c"]
    files = [
        path
        for path in tracked()
        if path.suffix in {".yaml", ".yml"} and path.parent.name != "malformed"
    ]
    assert len(files) > 50
    found = [
        f"{path.relative_to(ROOT)}:{fault}"
        for path in files
        for fault in keys_written_twice(yaml.compose(path.read_text("utf-8"), yaml.CSafeLoader))
    ]
    assert not found, found
