"""What is wrong with the topics, said so that anyone who edits them can fix it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from dialogs.data import LOADER
from dialogs.faq.answer_text import answer
from dialogs.faq.claims import NEXT, answer_faults
from dialogs.faq.finding import Finder
from dialogs.faq.text import Writing, writing
from dialogs.faq.topic import read_neighbours, read_topics, topics
from dialogs.region import named
from scoring import Fault, Ruleset

LONGEST = 300
"""Characters of an answer: about what fits on a phone without scrolling."""


def check_topics(folder: Path | None = None) -> list[Fault]:
    """Faults in the phrases of topics and neighbours: one that belongs to two, one said twice, one
    that says nothing, one that leads elsewhere. `folder` is that of `topics/` and
    `neighbours.yaml`; without it the package's own are checked."""
    if folder is None:
        with as_file(files("dialogs.faq")) as own:
            return check_topics(own)
    phrases = [phrase for path in _files(folder) for phrase in _phrases(path)]
    finder = Finder(own=read_topics(folder), nearby=read_neighbours(folder))
    return [
        *_shared(phrases, writing()),
        *(fault for phrase in phrases if (fault := _lost(phrase, finder))),
    ]


def check_answers(rules: Ruleset, on: date) -> list[Fault]:
    """Faults in the answers under one ruleset: too long, or without a next step."""
    faults = []
    for id, stage in product(topics(), ("", "asking", "done")):
        file, text = f"templates/chat/faq/{id}.txt", answer(id, rules, on, stage).text
        if len(text) > LONGEST:
            what = f"the answer has {len(text)} characters under {rules.id}"
            faults.append(Fault(file, 1, id, what, f"shorten it to {LONGEST}"))
        if not text.splitlines()[-1].startswith(NEXT):
            what = "the answer does not say what to do next"
            faults.append(Fault(file, 1, id, what, f"end it with a line that begins with {NEXT}"))
    return faults


def check_claims(rules: Ruleset, on: date) -> list[Fault]:
    """Faults in what the answers rest on (`claims`)."""
    return [
        Fault(f"topics/{topic.group}.yaml", 1, topic.id, what, fix)
        for topic in topics().values()
        for what, fix in answer_faults(
            answer(topic.id, rules, on).written, [source.of for source in topic.sources]
        )
    ]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A title or an alias, and where it is written."""

    owner: str
    text: str
    file: str
    line: int

    def fault(self, what: str, fix: str) -> Fault:
        return Fault(self.file, self.line, self.owner, f"“{self.text}” {what}", fix)


def _files(folder: Path) -> list[Path]:
    return [*sorted((folder / "topics").glob("*.yaml")), folder / "neighbours.yaml"]


def _phrases(path: Path) -> Iterator[_Phrase]:
    root: Any = yaml.compose(named(path.read_text("utf-8")), Loader=LOADER)
    for entry in root.value:
        fields = {key.value: value for key, value in entry.value}
        for node in (fields["title"], *fields["aliases"].value):
            line = node.start_mark.line + 1
            yield _Phrase(fields["id"].value, node.value, path.name, line)


def _shared(phrases: list[_Phrase], writing: Writing) -> Iterator[Fault]:
    """Phrases that come to the same, fillers dropped and synonyms made one: of two entries, or
    twice in one, where the second adds nothing."""
    first: dict[str, _Phrase] = {}
    for phrase in phrases:
        other = first.setdefault(writing.subject(writing.plain(phrase.text)), phrase)
        if other is not phrase:
            where = f"{other.owner} ({other.file}:{other.line}, “{other.text}”)"
            own = other.owner == phrase.owner
            fix = "delete one of the two" if own else "keep it in one place only"
            yield phrase.fault(f"says the same as in {where}", fix)


def _lost(phrase: _Phrase, finder: Finder) -> Fault | None:
    """A phrase that does not lead to its own entry."""
    found = finder.find(phrase.text)
    first = found.neighbour or next(iter(found.topics), None)
    if first == phrase.owner:
        return None
    if first is None:
        return phrase.fault("reads like an answer, not a question", "say what is asked")
    return phrase.fault(f"leads to {first}", "make it say what is particular to this topic")
