"""Write the canonical tables of a conversion."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from regions.files.formulas import guard_formula
from regions.files.writing import atomic_path
from regions.sources.participation import Actor, Participation
from regions.sources.reading.store import Store

_ALWAYS = frozenset({"id", "name", "name_zh", "kind", "region", "record", "actor"})

_SIZE = "(SELECT count(DISTINCT actor) FROM part AS other WHERE other.record = part.record)"


@dataclass(frozen=True, slots=True)
class Tables:
    """What a conversion wrote.

    Attributes
    ----------
    actors, records, participations
        How many rows or records.
    unplaced
        How many of the actors have no place.
    files
        The files, in the order in which they were written.
    """

    actors: int
    records: int
    participations: int
    unplaced: int
    files: tuple[Path, ...]


def write_tables(store: Store, out: Path) -> Tables:
    """Write ``actors.csv``, ``records.csv``, ``unplaced.csv`` and ``dropped.csv`` into a folder, each atomically.

    A table of an earlier conversion that would have no rows now is removed; ``dropped.csv`` always stands. Columns
    that are empty throughout are left out. Beside roles stands how many actors the record has, placed or not. Text that
    a spreadsheet would run gets a leading apostrophe.

    Parameters
    ----------
    store
        What was read, settled by ``settle_actors``.
    out
        The folder; made when it is missing.
    """
    out.mkdir(parents=True, exist_ok=True)
    actors = _write_settled(store, out / "actors.csv")
    unplaced = _write_settled(store, out / "unplaced.csv", "WHERE NOT placed")
    columns = _used(store, "part", Participation._fields)
    size = [_SIZE] if "role" in columns else []  # a source that tells roles tells everybody who takes part
    query = f"SELECT {', '.join([*columns, *size])} FROM part ORDER BY record, actor, year, kind, field"  # noqa: S608
    columns += ["participants"] if size else []
    parts = _write_csv(out / "records.csv", columns, store.database.execute(query))
    report = store.tally.to_frame()
    _write_csv(out / "dropped.csv", list(map(str, report.columns)), report.itertuples(index=False), keep_empty=True)
    records = store.database.execute("SELECT count(DISTINCT record) FROM part").fetchone()[0]
    names = ("actors.csv", "records.csv", "unplaced.csv", "dropped.csv")
    return Tables(actors, records, parts, unplaced, tuple(out / name for name in names if (out / name).exists()))


def _write_settled(store: Store, path: Path, where: str = "") -> int:
    columns = _used(store, "settled", Actor._fields)
    query = f"SELECT {', '.join(columns)} FROM settled {where} ORDER BY id"  # noqa: S608 - own text
    return _write_csv(path, columns, store.database.execute(query))


def _used(store: Store, table: str, columns: Sequence[str]) -> list[str]:
    """Return the columns that hold anything, and those that the table must have."""
    filled = ", ".join(f"max({column} IS NOT NULL AND {column} <> '')" for column in columns)
    found = store.database.execute(f"SELECT {filled} FROM {table}").fetchone()  # noqa: S608 - own column names
    return [column for column, full in zip(columns, found, strict=True) if full or column in _ALWAYS]


def _write_csv(
    path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]], *, keep_empty: bool = False
) -> int:
    """Write rows as they come; return how many. Without rows no file is left, unless ``keep_empty``."""
    count = 0
    with atomic_path(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow(map(guard_formula, row))
            count += 1
    if not count and not keep_empty:
        path.unlink()
    return count
