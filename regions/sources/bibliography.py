"""Exports of bibliographic databases: Web of Science (tab-delimited or field-tagged) and Scopus (CSV)."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from regions.sources.addresses import Address, parse_scopus_address, parse_wos_address, split_wos_addresses
from regions.sources.participation import Participation
from regions.sources.reading.rows import RowLayout, read_rows
from regions.sources.reading.source_file import Source, read_all, read_year
from regions.sources.reading.store import Store
from regions.sources.tagged import is_tagged, read_tagged

_WOS = RowLayout(
    {
        "id": ("ut", "ut (unique wos id)", "accession number", "di", "doi", "ti", "article title"),
        "addresses": ("c1", "addresses"),
        "year": ("py", "publication year", "year published"),
        "early_year": ("ey",),
        "early_access": ("ea", "early access date"),
        "field": ("wc", "wos categories", "web of science categories", "sc", "research areas"),
    },
    required=("id", "addresses", "year|early_year|early_access"),
    quoted=False,
)
_SCOPUS = RowLayout(
    {
        "id": ("eid", "doi", "title"),
        "addresses": ("affiliations",),
        "year": ("year",),
        "early_year": (),
        "early_access": (),
        "field": ("subject area",),
    },
    required=("id", "addresses", "year"),
)
_Split = Callable[[str], list[Address | None]]


def read_wos(inputs: Sequence[Path], store: Store) -> None:
    """Read exports of the Web of Science Core Collection: tab-delimited, field-tagged ("plain text") or Excel.

    A publication (``UT``) is a record, its actors the organisations that begin its addresses (``C1``), its year
    ``PY``, or ``EY`` or ``EA`` before it has one, and its field the first category of ``WC``. Exports come in batches
    that may overlap: a publication counts once.

    Parameters
    ----------
    inputs
        The exported files.
    store
        Where actors and participations go. Left out and counted: publications without address, addresses without a
        known country, publications that stand there again. An address without a city is counted; where its organisation
        stands in one city only, it is taken to be there.

    Raises
    ------
    StudyError
        Every missing column, ragged row and wrong year.
    """
    _read(inputs, store, _WOS, _split_wos)


def read_scopus(inputs: Sequence[Path], store: Store) -> None:
    """Read CSV exports of Scopus that hold the column ``Affiliations``.

    As ``read_wos``; a record is an ``EID``, its year ``Year``. Scopus prints departments before the organisation: see
    ``parse_scopus_address``.

    Raises
    ------
    StudyError
        Every missing column, ragged row and wrong year.
    """
    _read(inputs, store, _SCOPUS, _split_scopus)


def _split_wos(cell: str) -> list[Address | None]:
    return [parse_wos_address(part) for part in split_wos_addresses(cell)]


def _split_scopus(cell: str) -> list[Address | None]:
    return [parse_scopus_address(part) for part in cell.split(";") if part.strip()]


def _read(inputs: Sequence[Path], store: Store, layout: RowLayout, split: _Split) -> None:
    seen: set[str] = set()

    def read(source: Source) -> None:
        tagged = layout is _WOS and is_tagged(source.path)
        rows = _read_tagged_rows(source, layout) if tagged else read_rows(source, layout)
        for line, (key, addresses, *years, field) in rows:
            if not key or key in seen:
                source.count("repeated-record" if key else "no-record", line)
                continue
            seen.add(key)
            first, *others = field.split(";")
            source.count("first-field", line, bool(others))
            part = Participation(key, "", _find_year(years, source, line), "paper", first.strip())
            _add_addresses(part, split(addresses), store, source, line)

    read_all([(path, read) for path in inputs], store)
    store.join_placeless()
    store.tally.add("guessed-kind", count=store.count_actors())


def _find_year(years: Sequence[str], source: Source, line: int) -> int | None:
    """Return the year of publication, else that of early access (``2021``, ``MAR 2021``)."""
    year, early_year, early_access = years
    found = read_year(year, source, line, "year")
    if found is None and not source.faults:
        found = read_year(early_year, source, line, "early_year")
    if found is None and not source.faults:
        found = read_year(early_access.rpartition(" ")[2], source, line, "early_access")
    return found


def _read_tagged_rows(source: Source, layout: RowLayout) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Iterate over the records of a field-tagged export in the form of rows: the first known tag of each column."""
    source.headers |= {name: tags[0].upper() for name, tags in layout.columns.items()}
    for line, fields in read_tagged(source):
        found = {
            name: next((fields[tag.upper()] for tag in tags if tag.upper() in fields), [])
            for name, tags in layout.columns.items()
        }
        yield line, tuple(("; " if name == "addresses" else " ").join(lines) for name, lines in found.items())


def _add_addresses(
    part: Participation, addresses: list[Address | None], store: Store, source: Source, line: int
) -> None:
    """Add every organisation of a publication once; many addresses are departments of one."""
    known = [address for address in addresses if address and address.country]
    source.count("no-institution", line, addresses.count(None))
    source.count("no-country", line, len(addresses) - addresses.count(None) - len(known))
    source.count("no-city", line, sum(not address.city for address in known))
    source.count("guessed-organisation", line, sum(address.guessed for address in known))
    actors = {}
    for address in known:
        actor = address.to_actor()
        actors[actor.id] = actor
        store.add_place(actor.id, f"{address.base}|{address.country}", placed=bool(address.city))
    for actor in actors.values():
        store.add_actor(actor)
        store.add_part(part._replace(actor=actor.id))
    if not actors:
        source.count("no-participant", line)
