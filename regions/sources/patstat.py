"""PATSTAT: patent applications and their applicants, from the tables 201, 206 and 207."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from regions.errors import Fault, StudyError
from regions.messages import say
from regions.sources.actor_kinds import find_sector_kind
from regions.sources.participation import Actor
from regions.sources.reading.rows import RowLayout, read_rows, sort_inputs
from regions.sources.reading.source_file import Source, read_all, read_nuts, read_year
from regions.sources.reading.store import Store

_APPLICATIONS = RowLayout(
    {
        "id": ("appln_id",),
        "year": ("appln_filing_year", "earliest_filing_year", "appln_filing_date"),
        "family": ("docdb_family_id",),
    },
    required=("id", "year"),
)
_PERSONS = RowLayout(
    {
        "id": ("person_id",),
        "harmonised": ("psn_id",),
        "name": ("psn_name", "doc_std_name", "person_name"),
        "country": ("person_ctry_code",),
        "nuts": ("nuts",),
        "sector": ("psn_sector",),
    },
    required=("id", "name"),
)
_LINKS = RowLayout(
    {"person": ("person_id",), "application": ("appln_id",), "applicant": ("applt_seq_nr",)},
    required=("person", "application"),
)
_MARKS = (
    (frozenset({"person_id", "appln_id"}), "link"),
    (frozenset({"person_id"}), "person"),
    (frozenset({"appln_id"}), "application"),
)
_TABLES = {"application": "tls201_appln", "person": "tls206_person", "link": "tls207_pers_appln"}
_BATCH = 50_000
_SCHEMA = """
CREATE TABLE application (id TEXT PRIMARY KEY, record TEXT, year INTEGER) WITHOUT ROWID;
CREATE TABLE person (id TEXT PRIMARY KEY, actor TEXT) WITHOUT ROWID;
CREATE TABLE link (person TEXT, application TEXT);
"""
_INSERT = {
    "application": "INSERT OR IGNORE INTO application VALUES (?, ?, ?)",
    "person": "INSERT OR IGNORE INTO person VALUES (?, ?)",
    "link": "INSERT INTO link VALUES (?, ?)",
}
_JOINED = "FROM link LEFT JOIN person ON person.id = link.person LEFT JOIN application ON application.id = application"
_FIRST_YEAR = f"""
CREATE TABLE first AS SELECT record, min(year) AS year {_JOINED} WHERE actor <> '' GROUP BY record;
CREATE INDEX first_record ON first (record);
"""
_TAKE = f"""
INSERT OR IGNORE INTO part
SELECT application.record, actor, first.year, 'patent', '', '' {_JOINED} JOIN first ON first.record = application.record
WHERE actor <> ''
"""


def read_patstat(inputs: Sequence[Path], store: Store) -> None:
    """Read who applied for patents together.

    A record is a DOCDB family where ``docdb_family_id`` is there (the same invention filed at several offices is one
    collaboration; its year is the first filing), else an application. An actor is a harmonised applicant
    (``psn_id``) in one region: an organisation that files from two NUTS regions is two actors, as links are between
    regions. The kind comes from ``psn_sector``. The tables are joined on disk.

    Parameters
    ----------
    inputs
        ``tls201_appln``, ``tls206_person``, ``tls207_pers_appln`` in any order, or a folder that holds them; which is
        which is told by the headers.
    store
        Where actors and participations go. Left out and counted: inventors who are no applicants, natural persons,
        links to persons or applications that are missing.

    Raises
    ------
    StudyError
        ``E-FOLDER`` when a table is missing; every missing column, ragged row and wrong year.
    """
    found = sort_inputs(inputs, _MARKS, ", ".join(_TABLES.values()))
    missing = [table for name, table in _TABLES.items() if not found[name]]
    if missing:
        raise StudyError(Fault.of(str(inputs[0]) if inputs else "", say("E-FOLDER/no-table", tables=missing)))
    store.database.executescript(_SCHEMA)
    readers = {"application": _read_applications, "person": _read_persons, "link": _read_links}

    def read(source: Source, name: str) -> None:
        for batch in _batch(readers[name](source, store)):
            before = store.database.total_changes
            store.run(_INSERT[name], batch)
            source.count("repeated-row", None, len(batch) - (store.database.total_changes - before))

    read_all([(path, partial(read, name=name)) for name in readers for path in found[name]], store)
    _join(store)


def _batch(rows: Iterator[tuple[object, ...]]) -> Iterator[list[tuple[object, ...]]]:
    batch: list[tuple[object, ...]] = []
    for row in rows:
        batch.append(row)
        if len(batch) >= _BATCH:
            yield batch
            batch = []
    yield batch


def _read_applications(source: Source, store: Store) -> Iterator[tuple[object, ...]]:
    del store
    for line, (key, year, family) in read_rows(source, _APPLICATIONS):
        yield key, family if family not in {"", "0"} else f"A{key}", read_year(year, source, line, "year")


def _read_persons(source: Source, store: Store) -> Iterator[tuple[object, ...]]:
    """Give the actor of every person; "" for a natural person."""
    for line, (key, harmonised, name, country, nuts, sector) in read_rows(source, _PERSONS):
        if sector.upper() == "INDIVIDUAL":
            yield key, ""
            continue
        code, land = read_nuts(nuts, source, line), country.upper()
        actor = Actor(
            id=f"{harmonised if harmonised not in {'', '0'} else 'P' + key}-{code or land or '?'}",
            name=name or key,
            kind=find_sector_kind(sector) if sector.upper() not in {"", "UNKNOWN"} else "",
            country=land,
            nuts=code,
        )
        store.add_actor(actor)
        yield key, actor.id


def _read_links(source: Source, store: Store) -> Iterator[tuple[object, ...]]:
    for line, (person, application, applicant) in read_rows(source, _LINKS):
        if applicant == "0":
            store.tally.add("inventor", f"{source.path.name}:{line}")
        else:
            yield person, application


def _join(store: Store) -> None:
    """Make participations of the links whose person and application are known, and count the others."""
    store.flush()
    conditions = {
        "unknown-person": "actor IS NULL",
        "individual": "actor = ''",
        "unknown-record": "actor <> '' AND record IS NULL",
    }
    for reason, condition in conditions.items():
        count, first = store.database.execute(
            f"SELECT count(*), min(link.application) {_JOINED} WHERE {condition}"
        ).fetchone()
        store.tally.add(reason, f"appln_id {first}", count)
    joinable = f"SELECT count(*) {_JOINED} WHERE actor <> '' AND record IS NOT NULL"
    expected = store.database.execute(joinable).fetchone()[0]
    store.database.executescript(_FIRST_YEAR)
    before = store.database.total_changes
    store.database.execute(_TAKE)
    store.tally.add("repeated", count=expected - (store.database.total_changes - before))
    joined = "SELECT count(*) - count(DISTINCT record) FROM application WHERE record IN (SELECT record FROM part)"
    store.tally.add("family", count=store.database.execute(joined).fetchone()[0])
