"""Which papers prove what, and who verifies: the table beside this file, or the ruleset's own."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from scoring.rulefile.model import EvidenceEntry, Written
from scoring.rulefile.yaml_source import read_yaml


@cache
def common_evidence() -> Mapping[str, tuple[EvidenceEntry, ...]]:
    """The table of the package by key."""
    written = read_yaml(Path(__file__).with_name("evidence.yaml"))
    return {
        key: tuple(EvidenceEntry(**entry) for entry in entries) for key, entries in written.items()
    }


def table(ruleset: Written) -> Mapping[str, tuple[EvidenceEntry, ...]]:
    """The evidence table a ruleset uses."""
    return {**common_evidence(), **ruleset.evidence}
