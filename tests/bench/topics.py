"""One lookup among the topics: median and 99th percentile, against plain scans of all phrases."""

from collections.abc import Callable
from difflib import SequenceMatcher
from statistics import median, quantiles
from time import perf_counter, thread_time

from dialogs.faq import neighbours, topics
from dialogs.faq.finding import Finder
from dialogs.faq.text import grams, writing
from tests.dialogs.faq.measure import Question, read

PHRASES = [
    (entry.id, phrase)
    for entry in (*topics().values(), *neighbours().values())
    for phrase in (entry.title, *entry.aliases)
]


def subject_grams(text: str) -> set[str]:
    return set(grams(writing().subject(writing().plain(text))))


def overlap(text: str) -> str:
    """The baseline: the phrase that shares most grams, by comparing with every phrase."""
    asked = subject_grams(text)
    return max(PREPARED, key=lambda one: len(asked & one[1]) / (len(asked | one[1]) or 1))[0]


PREPARED = [(id, subject_grams(phrase)) for id, phrase in PHRASES]


def ratio(text: str) -> str:
    """The fuzzy ratio of the standard library with every phrase."""
    return max(PHRASES, key=lambda one: SequenceMatcher(None, text, one[1]).quick_ratio())[0]


def timed(what: Callable[[str], object], texts: list[str]) -> list[float]:
    """Milliseconds of processor time of each call: the machine may be busy with other things."""
    spent = []
    for text in texts:
        start = thread_time()
        what(text)
        spent.append((thread_time() - start) * 1000)
    return spent


def right(what: Callable[[str], str | None], questions: list[Question]) -> float:
    return sum(what(text) in right for text, right in questions) / len(questions)


def main() -> None:
    start = perf_counter()
    finder = Finder()
    print(f"index of {len(PHRASES)} phrases built in {(perf_counter() - start) * 1000:.0f} ms")
    questions = read("heldout")[0]
    texts = [text for text, _ in questions]
    rambling = ["".join(texts[at : at + 12]) for at in range(0, len(texts), 3)]
    timed(finder.find, texts)
    own = timed(finder.find, texts * 3)
    long = timed(finder.find, rambling)
    scan = timed(overlap, texts[::4])
    fuzzy = timed(ratio, texts[::16])
    print(f"lookup: median {median(own):.2f} ms, p99 {quantiles(own, n=100)[98]:.2f} ms")
    print(f"lookup of {len(rambling[0])} characters and more: median {median(long):.2f} ms")
    print(
        f"plain scan over grams: median {median(scan):.2f} ms, {median(scan) / median(own):.1f} ×"
    )
    print(f"fuzzy ratio scan: median {median(fuzzy):.2f} ms, {median(fuzzy) / median(own):.1f} ×")
    first = right(lambda text: next(iter(finder.find(text).topics), None), questions)
    few = questions[::4]
    print(
        f"right first, held-out half: {first:.2f}; of every fourth question: scan "
        f"{right(overlap, few):.2f}, fuzzy {right(ratio, few):.2f}"
    )


if __name__ == "__main__":
    main()
