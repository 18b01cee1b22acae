"""Hold actors and participations on disk while a source is read, in the order that the tables need."""

import json
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Self

from regions.files.writing import describe_full
from regions.sources.participation import Actor, Participation, is_on_earth
from regions.sources.reading.tally import Tally

_BATCH = 50_000
_PRIMARY = 0xFF
_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
_NOWHERE = (None, None)
_SCHEMA = """
CREATE TABLE part (record TEXT, actor TEXT, year INTEGER, kind TEXT, field TEXT, role TEXT);
CREATE UNIQUE INDEX same ON part (record, actor, ifnull(year, 0), kind, field);
CREATE TABLE description (id TEXT, cells TEXT, seen INTEGER, PRIMARY KEY (id, cells)) WITHOUT ROWID;
CREATE TABLE place (base TEXT, placed INTEGER, id TEXT, PRIMARY KEY (base, placed, id)) WITHOUT ROWID;
CREATE TABLE joined (id TEXT PRIMARY KEY, target TEXT) WITHOUT ROWID;
"""
_JOINED = """
INSERT OR IGNORE INTO joined
SELECT bare.id AS id, min(known.id) AS target FROM place AS bare JOIN place AS known ON known.base = bare.base
WHERE NOT bare.placed AND known.placed GROUP BY bare.id HAVING count(*) = 1
"""
_COUNT_UP = """
INSERT INTO description VALUES (?, ?, ?) ON CONFLICT (id, cells) DO UPDATE SET seen = seen + excluded.seen
"""
_LEAD = """
UPDATE part SET role = ?6
WHERE record = ?1 AND actor = ?2 AND ifnull(year, 0) = ifnull(?3, 0) AND kind = ?4 AND field = ?5
AND (role = '' OR role > ?6)
"""
"""Who stands in a record in several roles has the first of coordinator, participant, partner, third party."""
_FAST = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE; PRAGMA cache_size=-65536;"


class Store:
    """Actors and participations of one conversion, in a temporary database that is removed at the end.

    Memory stays bounded whatever the size of the source; the same participation is counted once (rows of a record and
    an actor that differ in year, kind or field stay); what comes out is sorted, so that the order of the input does not
    matter.

    Attributes
    ----------
    tally
        What was left out or noted.
    database
        The open database, for adapters that join tables of their own.
    """

    def __init__(self) -> None:
        self.tally = Tally()
        self._folder = tempfile.TemporaryDirectory(prefix="regionet-")
        self.database = sqlite3.connect(Path(self._folder.name) / "store.sqlite", isolation_level=None)
        try:
            self.database.executescript(_FAST + _SCHEMA)
        except sqlite3.OperationalError as error:
            self.__exit__(type(error), error, None)
            raise
        self._parts: list[Participation] = []
        self._descriptions: Counter[Actor] = Counter()
        self._places: set[tuple[str, bool, str]] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.database.close()
        self._folder.cleanup()
        if isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode & _PRIMARY in _FULL:
            raise describe_full(tempfile.gettempdir()) from error

    def add_actor(self, actor: Actor, *, seen: int = 1) -> None:
        """Add one description of an actor; the same description counts up.

        Coordinates that are no place are read as unknown and counted.
        """
        if (actor.lon, actor.lat) != _NOWHERE and not is_on_earth(actor.lon, actor.lat):
            self.tally.add("no-point", actor.id)
            actor = actor._replace(lon=None, lat=None)
        self._descriptions[actor] += seen
        if len(self._descriptions) >= _BATCH:
            self._flush_descriptions()

    def add_part(self, part: Participation) -> None:
        """Add a participation; one that is there already is counted as repeated."""
        self._parts.append(part)
        if len(self._parts) >= _BATCH:
            self._flush_parts()

    def add_place(self, actor: str, base: str, *, placed: bool) -> None:
        """Say what the ids of one organisation have in common, and whether this one has a place in it."""
        self._places.add((base, placed, actor))
        if len(self._places) >= _BATCH:
            self._flush_places()

    def _flush_places(self) -> None:
        self.run("INSERT OR IGNORE INTO place VALUES (?, ?, ?)", self._places)
        self._places.clear()

    def join_placeless(self) -> None:
        """Give the parts of an actor without a place to the one actor of the same organisation that has one.

        One organisation must not be two actors because one of its addresses is short. Where it stands in several
        places, it stays without one. Parts that are given are counted as ``joined``.
        """
        self.flush()
        self._flush_places()
        among = "IN (SELECT id FROM joined)"
        while self.database.execute(_JOINED).rowcount:
            query = f"SELECT count(*), min(actor) FROM part WHERE actor {among}"  # noqa: S608 - own text
            count, first = self.database.execute(query).fetchone()
            self.tally.add("joined", first or "", count)
            for table, column in (("part", "actor"), ("description", "id")):
                target = f"(SELECT target FROM joined WHERE joined.id = {table}.{column})"  # noqa: S608 - own text
                self.database.execute(f"UPDATE OR IGNORE {table} SET {column} = {target} WHERE {column} {among}")  # noqa: S608 - own text
                self.database.execute(f"DELETE FROM {table} WHERE {column} {among}")  # noqa: S608 - own text
            self.database.execute(f"DELETE FROM place WHERE id {among}")  # noqa: S608 - own text
            self.database.execute("DELETE FROM joined")

    def count_actors(self) -> int:
        """Return how many actors there are."""
        self.flush()
        return int(self.database.execute("SELECT count(DISTINCT id) FROM description").fetchone()[0])

    def flush(self) -> None:
        """Write everything to the database."""
        self._flush_parts()
        self._flush_descriptions()

    def _flush_parts(self) -> None:
        before = self.database.total_changes
        self.run("INSERT OR IGNORE INTO part VALUES (?, ?, ?, ?, ?, ?)", self._parts)
        self.tally.add("repeated", count=len(self._parts) - (self.database.total_changes - before))
        self.run(_LEAD, [part for part in self._parts if part.role])
        self._parts.clear()

    def _flush_descriptions(self) -> None:
        rows = ((actor.id, json.dumps(actor[1:], ensure_ascii=False), n) for actor, n in self._descriptions.items())
        self.run(_COUNT_UP, rows)
        self._descriptions.clear()

    def run(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement for many rows, in one transaction."""
        self.database.execute("BEGIN")
        self.database.executemany(statement, rows)
        self.database.execute("COMMIT")

    def has_parts(self) -> bool:
        """Tell whether there is any participation."""
        self.flush()
        return bool(self.database.execute("SELECT EXISTS (SELECT 1 FROM part)").fetchone()[0])

    def has_actors(self) -> bool:
        """Tell whether there is any actor."""
        self.flush()
        return bool(self.database.execute("SELECT EXISTS (SELECT 1 FROM description)").fetchone()[0])

    def iterate_actors(self) -> Iterator[Actor]:
        """Give one row per actor, by id: its most frequent description, its empty cells filled from the next ones.

        Only actors with a participation, unless there is no participation at all. Equally frequent descriptions come
        in alphabetic order.
        """
        taking_part = "WHERE id IN (SELECT actor FROM part)" if self.has_parts() else ""
        found = self.database.execute(
            f"SELECT id, cells FROM description {taking_part} ORDER BY id, seen DESC, cells"  # noqa: S608 - own text
        )
        for key, rows in groupby(found, key=itemgetter(0)):
            described = [Actor(key, *json.loads(cells)) for _, cells in rows]
            if _disagree(described):
                self.tally.add("several-descriptions", key)
            yield _merge(described)

    def count_unplaced_parts(self) -> None:
        """Count the participations of actors that ``settled`` has no place for; they stay in their records."""
        query = "SELECT count(*), min(actor) FROM part WHERE actor IN (SELECT id FROM settled WHERE NOT placed)"
        count, first = self.database.execute(query).fetchone()
        self.tally.add("participant-unplaced", first or "", count)

    def drop_without_year(self) -> None:
        """Leave out records without a year when others have one, and count them.

        A participation without a year in a record of one year happened in that year; in a record of several it is left
        out. Both are counted.
        """
        self.flush()
        for reason, test in (("year-filled", "= 1"), ("year-unclear", "> 1")):
            among = f"record IN (SELECT record FROM part GROUP BY record HAVING count(DISTINCT year) {test})"  # noqa: S608 - own text
            where = f"WHERE year IS NULL AND {among}"
            count, first = self.database.execute(f"SELECT count(*), min(record) FROM part {where}").fetchone()  # noqa: S608 - own text
            self.tally.add(reason, first or "", count)
            if count and reason == "year-filled":
                only = "(SELECT max(other.year) FROM part AS other WHERE other.record = part.record)"
                self.database.execute(f"UPDATE OR IGNORE part SET year = {only} {where}")  # noqa: S608 - own text
            self.database.execute(f"DELETE FROM part {where}")  # noqa: S608 - own text
        query = "SELECT count(y), count(*) - count(y) FROM (SELECT max(year) AS y FROM part GROUP BY record)"
        with_year, without = self.database.execute(query).fetchone()
        if with_year and without:
            first = self.database.execute("SELECT min(record) FROM part WHERE year IS NULL").fetchone()[0]
            self.tally.add("no-year", first, without)
            self.database.execute("DELETE FROM part WHERE year IS NULL")

    def note_large(self, size: int) -> None:
        """Count records with more than ``size`` actors."""
        query = (
            "SELECT record, count(DISTINCT actor) AS n FROM part GROUP BY record HAVING n > ? ORDER BY n DESC, record"
        )
        large = self.database.execute(query, (size,)).fetchall()
        self.tally.add("hyper-record", large[0][0] if large else "", len(large))


def _disagree(described: list[Actor]) -> bool:
    """Tell whether two descriptions say different things; one that says nothing agrees with any."""
    told = ((actor.name, actor.region, actor.country, actor.nuts, actor.city) for actor in described)
    return len(described) > 1 and any(len({cell for cell in cells if cell}) > 1 for cells in zip(*told, strict=True))


def _merge(described: list[Actor]) -> Actor:
    first = described[0]
    if len(described) == 1:
        return first
    empty = ("", None)
    filled = (next((cell for cell in cells if cell not in empty), cells[0]) for cells in zip(*described, strict=True))
    return Actor(*filled)
