"""Decide the region of every actor, and list those that have none.

An actor without a region took part in its records all the same: it stays in both tables, its region empty, so that it
counts in the size of a record as it does in a study that is read.
"""

from collections.abc import Callable, Iterator
from itertools import islice

import pandas as pd

from regions.sources.participation import Actor, Level
from regions.sources.reading.store import Store

Place = Callable[[pd.DataFrame], pd.DataFrame]
"""Actors (index ``id``; ``region``, ``lon``, ``lat`` and the other cells) -> ``region`` of each, "" where unknown, and
``how`` it was found: ``point``, ``name``, ``edition``, ``actor``; ``outside`` in a country that is not covered."""

_REASONS = {"point": "placed", "edition": "other-edition", "actor": "known-actor", "outside": "outside"}

_CHUNK = 100_000


def settle_actors(store: Store, level: Level, place: Place | None = None) -> None:
    """Give every actor its region, and count those that have none.

    Parameters
    ----------
    store
        Everything that was read; its table ``settled`` holds the actors afterwards, ``placed`` 1 or 0.
    level
        Which region of an actor counts, see ``Actor.at_level``.
    place
        Finds the region from the coordinates where there are any. Without it an actor that has coordinates and no
        region counts as placed: the study that reads it will do so.
    """
    marks = ", ".join("?" * (len(Actor._fields) + 1))
    store.database.execute(f"CREATE TABLE settled ({', '.join(Actor._fields)}, placed)")
    actors = (_complete(actor, level, store) for actor in store.iterate_actors())
    while chunk := list(islice(actors, _CHUNK)):
        rows = [(*actor, int(_has_place(actor, place, store))) for actor in _place(chunk, place, store)]
        store.run(f"INSERT INTO settled VALUES ({marks})", rows)  # noqa: S608 - question marks
    store.count_unplaced_parts()


def _complete(actor: Actor, level: Level, store: Store) -> Actor:
    if not actor.kind:
        store.tally.add("no-kind", actor.id)
    return actor._replace(region=actor.at_level(level), kind=actor.kind or "other")


def _place(actors: list[Actor], place: Place | None, store: Store) -> Iterator[Actor]:
    if place is None:
        yield from actors
        return
    frame = pd.DataFrame(actors, columns=list(Actor._fields)).set_index("id")
    found = place(frame)
    for actor, region, how in zip(actors, found["region"], found["how"], strict=True):
        reason = _REASONS.get(how, "" if region else "not-placed")
        if reason:
            store.tally.add(reason, actor.id, among="" if region else actor.country)
        yield actor._replace(region=region)


def _has_place(actor: Actor, place: Place | None, store: Store) -> bool:
    if actor.region or place is not None:
        return bool(actor.region)
    if actor.lon is not None:
        store.tally.add("coordinates-only", actor.id)
        return True
    store.tally.add("no-region", actor.id)
    return False
