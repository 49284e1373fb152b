"""An office's own files, for tests: the example of the guide, and a settlement."""

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import scoring
from scoring import Ruleset, load_ruleset

GUIDE = Path(scoring.__file__).with_name("README.md")

SETTLED = """
amends: yongjia-2022
title: 初中及以下按 5 分
documents:
  reply: {title: 答复}
settle:
  - conflict: education.lowest_tier
    reading: and_below
    from: 2026-01-01
    source: {document: reply, place: 第一条}
    verified_on: 2026-11-01
"""


@cache
def settled_rules() -> Ruleset:
    """yongjia-2022 where everybody has at least the lowest tier of education."""
    return rules_with(SETTLED)


def rules_with(text: str, id: str = "yongjia-2022") -> Ruleset:
    """A ruleset amended by a file with this text."""
    with TemporaryDirectory() as folder:
        Path(folder, "own.yaml").write_text(text, encoding="utf-8")
        return load_ruleset(id, folder)


def guide_example(name: str) -> str:
    """The YAML of the guide that begins with a comment `# name`."""
    blocks = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    return next(block for block in blocks if block.startswith(f"# {name}\n"))
