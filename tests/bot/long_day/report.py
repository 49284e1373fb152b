"""What came of a town, in figures, and what must hold of it."""

from collections import Counter
from itertools import chain
from operator import itemgetter

from tests.bot.long_day.books import Books
from tests.bot.long_day.processes import Machine
from tests.bot.long_day.town import Town


def tell(title: str, town: Town, books: Books) -> None:
    """Print the figures."""
    messages = [one for person in town.people for one in person.messages]
    line, waits = town.line, sorted(seconds for _, seconds in town.line.waits)
    ends = Counter(
        "kept" if one.is_kept else "told to write again" if one.is_told else "unsure"
        for one in messages
    )
    people = sum(bool(one.messages) for one in town.people)
    half, most = (waits[int(len(waits) * part)] for part in (0.5, 0.99))
    booked = sum(bool(one.hour) for one in town.people)
    left = sum(one.has_left for one in town.people)
    print(f"\n{title}: {people} people, {len(messages)} messages {dict(ends)},")
    print(f"  {line.broken} deliveries broken, {line.repeated} repeated, pages {dict(town.pages)},")
    print(f"  half within {half:.3f} s, 99 % within {most:.2f} s, the slowest {waits[-1]:.2f} s;")
    print(f"  {booked} appointments, {left} people left, {books.replayed} replayed;")
    if books.clerk:
        numbers, unsure, served = books.clerk.given, books.clerk.unsure, len(books.clerk.served)
        print(f"  at the window {numbers} numbers, {unsure} unsure, {served} served;")
    faults = (books.lost, books.doubled, books.told, books.odd)
    print("  lost {}, doubled {}, told and kept {}, odd {}".format(*map(len, faults)))
    for one in [*chain.from_iterable(faults)][:20]:
        print(f"  ! {one}")


def tell_slowest(town: Town, machine: Machine) -> None:
    """When the slowest replies began, from the kill before."""
    slowest = sorted(town.line.waits, key=itemgetter(1))[-5:]
    for began, took in slowest:
        since = min((began - at for at in machine.kills if at < began), default=-1)
        print(f"  {took:.2f} s, begun {since:.1f} s after a kill")


def demand(town: Town, books: Books) -> None:
    """Nothing that was acknowledged is lost or doubled, and no reply changed."""
    leavers = {one.name for one in town.people if one.has_left}
    assert books.lost == books.doubled == books.told == books.odd == []
    assert not [one.said for one in town.line.changed if one.person not in leavers]
    assert any(one.hour for one in town.people)
