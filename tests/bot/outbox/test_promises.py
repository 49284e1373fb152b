"""No sentence promises a notice where none can go: each that does stands under a condition that
says whether it can. Found by reading all templates, not by a list of sentences."""

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

ROOT = Path(str(files("templates")))
PROMISE = re.compile(
    r"会(?:发|给您发|给本人发)?(?:通知|短信|提醒)|系统会|(?:通知|告诉|提醒)(?:您|本人|到您)|发(?:给|到)(?:您|本人)"
    r"|发短信|给本人发|会把结果"
)
# What a condition must ask: whether a way is open, or what was done on one.
CONDITIONS = {
    "reminds", "texts", "way", "told.way", "may_ask", "lasting", "place.reminders", "one.sent",
    "one.rest", "notice", "notices",
}  # fmt: skip
# What promises nothing: why.
NO_PROMISE = re.compile(
    "不会再提醒您"  # cancelled
    "|没能通知到您|通知不一定发得到|不能发通知|通知发不到"  # says that none came
    "|请您打电话告诉本人|当面把结果告诉本人|还要告诉谁|告诉本人"  # asks the clerk
    "|在预约里选了乡镇就告诉您"  # the chat's own next reply
    "|最近发给您的|发给您的通知|刚发给您的回复"  # what was sent
    "|属实，发给本人|发给本人，办完|已经把结果发给本人"  # it stands on their own page at once
)


def said(tree: nodes.Node, under: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each text of a template, with what the conditions around it ask."""
    if isinstance(tree, (nodes.TemplateData, nodes.Const)) and isinstance(
        getattr(tree, "data", getattr(tree, "value", None)), str
    ):
        yield getattr(tree, "data", getattr(tree, "value", "")), under
    if isinstance(tree, nodes.If):
        inside = (*under, *asked(tree.test))
        for part in tree.body:
            yield from said(part, inside)
        for part in (*tree.elif_, *tree.else_):
            yield from said(part, inside)
        return
    if isinstance(tree, nodes.CondExpr):
        inside = (*under, *asked(tree.test))
        for branch in (tree.expr1, tree.expr2):
            if branch is not None:
                yield from said(branch, inside)
        return
    for child in tree.iter_child_nodes():
        yield from said(child, under)


def asked(test: nodes.Node) -> Iterator[str]:
    """The names and attributes that a condition asks."""
    for one in (test, *test.find_all((nodes.Name, nodes.Getattr))):
        if isinstance(one, nodes.Name):
            yield one.name
        if isinstance(one, nodes.Getattr) and isinstance(one.node, nodes.Name):
            yield f"{one.node.name}.{one.attr}"


def promises() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    environment = Environment(autoescape=True)
    for path in sorted(ROOT.rglob("*")):
        if path.suffix not in (".txt", ".html") or "cli" in path.parts:
            continue
        name = str(path.relative_to(ROOT))
        for text, under in said(environment.parse(path.read_text("utf-8"))):
            for sentence in re.split("[。\n<>]", NO_PROMISE.sub("", text)):
                if PROMISE.search(sentence):
                    yield name, sentence.strip(), under


FOUND = list(promises())


def test_the_sweep_finds_the_sentences_that_are_known_to_promise() -> None:
    texts = " ".join(sentence for _, sentence, _ in FOUND)
    for known in ("去之前在微信里提醒您", "有空位就告诉您", "会发通知给您"):
        assert known in texts


@pytest.mark.parametrize(("name", "sentence", "under"), FOUND)
def test_a_promise_stands_under_a_condition(
    name: str, sentence: str, under: tuple[str, ...]
) -> None:
    assert CONDITIONS & {*under}, f"{name}: {sentence}"
