"""Figures typed into our own texts. Questions name them by their places (`{residence.rate}`),
templates take them from the rules, from `law.yaml` or from what the service is set to."""

import re
from collections.abc import Iterator, Mapping
from importlib.resources import as_file, files
from pathlib import Path

from jinja2 import Environment

from dialogs import region
from dialogs.labels import HEAD
from dialogs.phrases import environment
from dialogs.questions import Question, needed
from dialogs.questions import questions as packaged
from scoring import Fault, Ruleset
from scoring.rulefile.wording import amounts, places

FIX = "name where it comes from, like {residence.rate}; say what is only an example after 比如"
TEMPLATE_FIX = "take it from the rules, from `law` or from a setting"
_NO_WORDS = re.compile(r"<style.*?</style>|<script.*?</script>|<[^<>]*>", re.DOTALL)


def question_prose(questions: Mapping[str, Question], rules: Ruleset) -> Iterator[Fault]:
    """What is typed into a question, and places that name no figure of any day; not of a question
    that these rules never ask."""
    known = {place.path for place in rules.values()} | _short(rules)
    used = frozenset(fact for item in rules.items() for fact in item.fact_ids())
    unasked = packaged().keys() - needed(used).keys()
    for question in questions.values():
        for text in (question.title, question.ask, question.why, *question.retry):
            for amount in amounts(text):
                yield Fault("questions.yaml", 0, question.id, _typed(amount), FIX)
            for path in places(text):
                if path not in known and question.id not in unasked:
                    what = f"there is no figure `{path}`"
                    yield Fault("questions.yaml", 0, question.id, what, "see `rules show`")


def _short(rules: Ruleset) -> set[str]:
    """The short paths: `item.value`."""
    return {f"{place.item.id}.{place.name}" for place in rules.values() if place.item}


def template_prose(folder: Path | None = None) -> Iterator[Fault]:
    """What is typed into a template; without a folder, into the package's own and into the
    county's answers."""
    if folder is None:
        with as_file(files("templates")) as own:
            yield from template_prose(own)
        yield from template_prose(region.folder() / "faq")
        return
    for file in sorted(folder.rglob("*")):
        if file.suffix in (".txt", ".html"):
            for line, text in _texts(environment(), file.read_text("utf-8")):
                for amount in amounts(text):
                    name = f"{folder.name}/{file.relative_to(folder)}"
                    yield Fault(name, line, "text", _typed(amount), TEMPLATE_FIX)


def _texts(env: Environment, source: str) -> Iterator[tuple[int, str]]:
    """The words of a template by line, a mark in the place of what is filled in; and those that
    stand in quotation marks in its expressions. Not what people may type (the labels' lines)."""
    written = ["" if line.startswith(HEAD) else line for line in source.split("\n")]
    lines = [""] * len(written)
    for number, kind, value in env.lex("\n".join(written)):
        if kind == "data":
            for more, part in enumerate(value.split("\n")):
                lines[number - 1 + more] += part
        elif kind == "variable_begin":
            lines[number - 1] += "·"
        elif kind == "string":
            yield number, value.strip("\"'")
    shown = _NO_WORDS.sub(lambda found: "\n" * found[0].count("\n"), "\n".join(lines))
    yield from enumerate(shown.split("\n"), 1)


def _typed(amount: str) -> str:
    return f"“{amount}” is typed into the text"
