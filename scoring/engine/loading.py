"""From files to rulesets: the package's own, and those of an operator's folder."""

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from pydantic import ValidationError

from scoring.counties import packaged_rulesets
from scoring.engine.ruleset import Ruleset
from scoring.engine.texts import check_texts
from scoring.engine.totals import check_totals
from scoring.errors import Fault, RulesetError
from scoring.rulefile.amend import amend
from scoring.rulefile.checks import check
from scoring.rulefile.checks.report import one_of
from scoring.rulefile.checks.written import faults_of
from scoring.rulefile.defaults import fill_in
from scoring.rulefile.extend import extend
from scoring.rulefile.history import cite_settled
from scoring.rulefile.marks import marks_of, without_others
from scoring.rulefile.origin import Origin
from scoring.rulefile.overlay import applied, besides
from scoring.rulefile.yaml_source import LocatedDict, read_yaml

Folders = str | Path | Sequence[Path] | None
"""A folder of rules files, or several; the later ones come on top."""
NONE: frozenset[str] = frozenset()
Stamp = tuple[tuple[str, int, int], ...]
_folders: WeakKeyDictionary[Ruleset, Folders] = WeakKeyDictionary()


def load_ruleset(
    id: str, folder: Folders = None, *, today: date | None = None, amended: bool = True
) -> Ruleset:
    """The ruleset with this id, amended by the files of an operator's `folder`, or of several.

    A folder holds YAML files that amend a ruleset or bring a whole one; one with the id of a
    packaged ruleset stands instead of it. Loaded once, and again when a file of the folder changes.
    `today`, if given, refuses a source that a person is said to read later; `amended=False` leaves
    out what amends. Raises RulesetError with every fault that was found.

    >>> load_ruleset("yongjia-2022").part("county").stated.rows
    34
    """
    ruleset, faults = _load(id, folders_of(folder), _stamp(folder), None if amended else NONE)
    if ruleset is None:
        raise RulesetError(list(faults))
    if today is not None and (early := list(ruleset.origin.to_come(today))):
        raise RulesetError(early)
    _folders[ruleset] = folder
    return ruleset


def load_as_known(ruleset: Ruleset, marks: tuple[str, ...]) -> Ruleset | None:
    """A loaded ruleset with the amendments of these marks only, as a program knew it that kept its
    `origin.marks`; None where one of them is not there any more, or they do not stand alone, or
    nobody can read their folder just now."""
    there = ruleset.origin.marks
    if marks == there or {*marks} == {*there}:
        return ruleset
    if not {*there}.issuperset(marks):
        return None
    folder = _folders.get(ruleset)
    try:
        return _load(ruleset.id, folders_of(folder), _stamp(folder), frozenset(marks))[0]
    except RulesetError:
        return None


def load_earlier(ruleset: Ruleset) -> Ruleset | None:
    """The ruleset before a loaded one, from the same folder; None where there was none before.

    >>> load_earlier(load_ruleset("yongjia-2022")).id
    'yongjia-original'
    """
    if ruleset.predecessor is None:
        return None
    return load_ruleset(ruleset.predecessor, _folders.get(ruleset))


def list_rulesets(folder: Folders = None) -> tuple[Ruleset, ...]:
    """All rulesets: the packaged ones, then the folder's own.

    >>> [ruleset.id for ruleset in list_rulesets()][-3:]
    ['yongjia-2022', 'yongjia-original', 'zhejiang-common']
    """
    return tuple(load_ruleset(id, folder) for id in ruleset_ids(folder))


def ruleset_ids(folder: Folders = None) -> tuple[str, ...]:
    """The ids of `list_rulesets`, without reading the packaged ones."""
    return _ids_in(folders_of(folder), _stamp(folder))


@lru_cache(maxsize=16)
def _ids_in(folders: tuple[Path, ...], stamp: Stamp) -> tuple[str, ...]:
    return tuple(_ids(_read(own_files(folders))))


def check_path(path: Path, today: date | None = None, county: Folders = None) -> list[Fault]:
    """Every fault of a rules file or a folder of them; what amends a packaged ruleset, or one of
    the `county`'s folder, is checked together with it, `today` as by `load_ruleset`. An empty list
    means that all is well."""
    files = [path] if path.is_file() else own_files(path)
    found = _unread(path) if path.is_dir() else []
    if not files:
        what, fix = "there is no rules file in it", "put a file into it that ends in .yaml"
        found.append(Fault(str(path), 0, "folder", what, fix))
    read: list[LocatedDict] = []
    for file in files:
        try:
            read += _read([file])
        except RulesetError as error:
            found += error.faults
    touched = [str(one.get("amends") or one.get("id")) for one in read]
    read += _countys(county, files, {one["id"] for one in read if "id" in one})
    known = _ids(read)
    for one in read:
        if "amends" in one and one["amends"] not in known:
            found.append(_unknown(one, "amends", known))
    for id in dict.fromkeys(touched):
        if id in known:
            ruleset, faults = _assemble(id, read)
            early = ruleset.origin.to_come(today) if ruleset and today else ()
            found += [*faults, *early]
    return found


def rulesets_of(path: Path, county: Folders = None) -> tuple[Ruleset, ...]:
    """The rulesets that a rules file or a folder of them brings or amends, read as by `check_path`.
    Raises RulesetError with every fault that was found."""
    if faults := check_path(path, county=county):
        raise RulesetError(faults)
    files = [path] if path.is_file() else own_files(path)
    read = _read(files)
    touched = dict.fromkeys(str(one.get("amends") or one["id"]) for one in read)
    read += _countys(county, files, {one["id"] for one in read if "id" in one})
    found = (_assemble(id, read)[0] for id in touched)
    return tuple(ruleset for ruleset in found if ruleset is not None)


def _countys(county: Folders, checked: list[Path], own: set[str]) -> list[LocatedDict]:
    """The county's rules that the checked files may amend or extend: none of these files again, and
    no ruleset instead of which one of them stands."""
    same = {file.resolve() for file in checked}
    files = [file for file in own_files(county) if file.resolve() not in same]
    return [one for one in _read(files) if "amends" in one or one["id"] not in own]


def _unread(folder: Path) -> list[Fault]:
    """Files that may be taken for rules, though their names keep them from being read."""
    read = {*own_files(folder)}
    what, fix = "it is not read", "let its name end in .yaml, or take it out of the folder"
    return [
        Fault(file.name, 0, "file", what, fix)
        for file in sorted(folder.iterdir())
        if file.is_file() and file not in read and not file.name.startswith(".")
    ]


def check_packaged() -> list[Fault]:
    """Every fault of the rulesets that come with the package."""
    return [fault for id in _ids([]) for fault in _assemble(id, [])[1]]


@lru_cache(maxsize=64)
def _load(
    id: str, folders: tuple[Path, ...], stamp: Stamp, marks: frozenset[str] | None
) -> tuple[Ruleset | None, tuple[Fault, ...]]:
    """A ruleset, or its faults; both are remembered until a file of the folder changes. `marks`:
    of the amendments that count, if not all do."""
    try:
        read = _read(own_files(folders))
    except RulesetError as error:
        return None, error.faults
    known = _ids(read)
    if id not in known:
        where = ", ".join(map(str, folders)) or "the package"
        return None, (Fault(where, 0, id, f"there is no ruleset `{id}`", one_of(id, known)),)
    lost = tuple(
        _unknown(one, "amends", known)
        for one in read
        if "amends" in one and one["amends"] not in known
    )
    if lost:
        return None, lost
    if marks is not None:
        kept = (one for one in read if "id" in one or marks)
        read = [one if "id" in one else without_others(one, marks) for one in kept]
    ruleset, faults = _assemble(id, read)
    return (None if faults else ruleset), tuple(faults)


def _assemble(id: str, read: list[LocatedDict]) -> tuple[Ruleset | None, list[Fault]]:
    own = [one for one in read if one.get("id") == id]
    if len(own) > 1:
        what = f"the ruleset `{id}` is there already, in {own[0].file}"
        return None, [Fault(own[1].file, own[1].line, id, what, "give one of them its own id")]
    written = own[0] if own else read_yaml(packaged_rulesets()[id])
    file = written.file
    extended = written.get("extends")
    if extended is not None:
        file += f" + {extended}.yaml"
        written, faults = _extended(written, read)
        if faults:
            return None, faults
    ruleset, faults = _validated(written)
    amendments = [one for one in read if one.get("amends") == id]
    amending = (one for one in read if one.get("amends") in (id, extended))
    marks = tuple(mark for one in amending for mark in marks_of(one))
    if ruleset is not None:
        faults = amend(written, amendments)
        if not faults and (cite_settled(written) or amendments):
            ruleset, faults = _validated(written)  # with what was added
    if ruleset is None or faults:
        return None, faults
    known = _ids(read)
    if ruleset.predecessor not in (None, *known):
        faults = [_unknown(written, "predecessor", known)]
    faults += check(ruleset, written)
    if faults:
        return ruleset, faults
    amendments += _handed_on(read, extended, ruleset)
    ruleset.read_from(_origin(ruleset, file, own, amendments)._replace(marks=marks))
    return ruleset, check_texts(ruleset, written) + check_totals(ruleset, written)


def _extended(own: LocatedDict, read: list[LocatedDict]) -> tuple[LocatedDict, list[Fault]]:
    """A ruleset with what it does not write itself from the one it extends."""
    known = [id for id in _ids(read) if id != own.get("id")]
    id = own["extends"]
    if id not in known:
        return own, [_unknown(own, "extends", known)]
    ours = [one for one in read if one.get("id") == id]
    common = deepcopy(ours[0]) if ours else read_yaml(packaged_rulesets()[id])
    if "extends" in common:
        what = f"`{id}` extends another ruleset itself"
        return own, [Fault(own.file, own.lines["extends"], "extends", what, "extend that one")]
    amending = [deepcopy(one) for one in read if one.get("amends") == id]
    return extend(common, own, amending)


def _handed_on(read: list[LocatedDict], extended: Any, ruleset: Ruleset) -> list[LocatedDict]:
    """What amends the common ruleset, as far as anything of it counts here."""
    amending = [one for one in read if extended and one.get("amends") == extended]
    return [one for one in amending if ruleset.documents.keys() >= one.get("documents", {}).keys()]


def _origin(
    ruleset: Ruleset, file: str, own: list[LocatedDict], amending: list[LocatedDict]
) -> Origin:
    """`own`: the office's whole ruleset, if it is one."""
    told = (change for one in amending for change in applied(one, ruleset.documents))
    documents = (id for one in amending for id in one.get("documents", ()))
    read = (day for one in (*own, *amending) for day in _read_on(one))
    others = (other for one in amending for other in besides(one))
    by_day = sorted(told, key=lambda change: change.since)
    return Origin(file, tuple(by_day), frozenset(documents), tuple(read), tuple(others))


def _read_on(thing: Any) -> Iterator[tuple[date, str, int]]:
    """Every `verified_on` as it is written, with file and line."""
    if isinstance(thing, LocatedDict) and "verified_on" in thing.lines:
        yield thing["verified_on"], thing.file, thing.lines["verified_on"]
    inside = thing.values() if isinstance(thing, dict) else thing if isinstance(thing, list) else ()
    for one in inside:
        yield from _read_on(one)


def _validated(written: LocatedDict) -> tuple[Ruleset | None, list[Fault]]:
    fill_in(written)
    try:
        return Ruleset.model_validate(written), []
    except ValidationError as error:
        return None, faults_of(error, Ruleset, written)


def _read(files: Iterable[Path]) -> list[LocatedDict]:
    """The content of some rules files. Raises RulesetError where one is not YAML or no rules."""
    read = []
    for file in files:
        written: Any = read_yaml(file)
        if not isinstance(written, LocatedDict) or len({"id", "amends"} & set(written)) != 1:
            what = "this is neither a ruleset nor an amendment"
            fix = "begin a ruleset with `id:`, an amendment with `amends:`"
            raise RulesetError([Fault(file.name, 1, "file", what, fix)])
        key = "id" if "id" in written else "amends"
        if not isinstance(written[key], str):
            what, fix = (
                f"{written[key]!r} is not an id",
                f"write a word, like `{key}: xiaoxian-2027`",
            )
            raise RulesetError([Fault(file.name, written.lines[key], key, what, fix)])
        read.append(written)
    return read


def folders_of(folder: Folders) -> tuple[Path, ...]:
    """The folders in their order."""
    return (Path(folder),) if isinstance(folder, str | Path) else tuple(folder or ())


def own_files(folder: Folders) -> list[Path]:
    """The rules files of an operator's folders. Hidden ones are none: editors put theirs there.

    Raises RulesetError where there is no folder, or none that can be read.
    """
    return [file for one in folders_of(folder) for file in _files(one)]


def _files(folder: Path) -> list[Path]:
    try:
        found = sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        what, fix = "there is no such folder", "create it, or fix XINSHIMIN_RULES"
        raise RulesetError([Fault(str(folder), 0, "folder", what, fix)]) from None
    except OSError as error:
        what, fix = f"it cannot be read ({error.strerror})", "fix its permissions"
        raise RulesetError([Fault(str(folder), 0, "folder", what, fix)]) from None
    return [p for p in found if p.suffix.lower() in (".yaml", ".yml") and p.name[0] != "."]


def _stamp(folder: Folders) -> Stamp:
    return tuple((str(path), *_state(path)) for path in own_files(folder))


def _state(path: Path) -> tuple[int, int]:
    """What changes when a file does; of one that cannot be read, `read_yaml` says why."""
    try:
        stat = path.stat()
    except OSError:
        return 0, 0
    return stat.st_mtime_ns, stat.st_size


def _ids(read: list[LocatedDict]) -> list[str]:
    own = (str(one["id"]) for one in read if "id" in one)
    return list(dict.fromkeys([*packaged_rulesets(), *own]))


def _unknown(one: LocatedDict, key: str, known: list[str]) -> Fault:
    line, id = one.lines.get(key, one.line), str(one[key])
    return Fault(one.file, line, key, f"there is no ruleset `{id}`", one_of(id, known))
