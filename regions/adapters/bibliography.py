"""Exports of bibliographic databases: Web of Science (tab-delimited or field-tagged) and Scopus (CSV)."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from regions.adapters.addresses import Address, parse_scopus_address, parse_wos_address, split_wos_addresses
from regions.adapters.model import Participation
from regions.adapters.rows import Layout, Source, gather_faults, read_rows
from regions.adapters.store import Store
from regions.adapters.tagged import is_tagged, read_tagged
from regions.adapters.years import read_year
from regions.errors import Fault, StudyError

_WOS = Layout(
    {"id": ("ut", "di", "ti"), "addresses": ("c1",), "year": ("py", "ey"), "field": ("wc", "sc")},
    required=("id", "addresses", "year"),
    quoted=False,
)
_SCOPUS = Layout(
    {"id": ("eid", "doi", "title"), "addresses": ("affiliations",), "year": ("year",), "field": ("subject area",)},
    required=("id", "addresses", "year"),
)
_Split = Callable[[str], list[Address | None]]


def read_wos(inputs: Sequence[Path], store: Store) -> None:
    """Read tab-delimited or field-tagged ("plain text") exports of the Web of Science Core Collection.

    A publication (``UT``) is a record, its actors the organisations that begin its addresses (``C1``), its year
    ``PY`` and its field the first category of ``WC``. Exports come in batches that may overlap: a publication counts
    once.

    Parameters
    ----------
    inputs
        The exported files.
    store
        Where actors and participations go. Left out and counted: publications without address, addresses without a
        country, publications that stand there again.

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


def _read(inputs: Sequence[Path], store: Store, layout: Layout, split: _Split) -> None:
    seen: set[str] = set()
    faults: list[Fault] = []
    for path in inputs:
        source = Source(path)
        with gather_faults(faults):
            tagged = layout is _WOS and is_tagged(path)
            rows = _read_tagged_rows(source, layout) if tagged else read_rows(source, layout)
            for line, (key, addresses, year, field) in rows:
                place = f"{path.name}:{line}"
                if not key or key in seen:
                    store.tally.add("repeated-record" if key else "no-record", place)
                    continue
                seen.add(key)
                part = Participation(key, "", read_year(year, source, line, "year"), "paper", field.split(";")[0])
                _add_addresses(part, split(addresses), store, place)
    if faults:
        raise StudyError(faults)


def _read_tagged_rows(source: Source, layout: Layout) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Iterate over the records of a field-tagged export in the form of rows: the first known tag of each column."""
    source.headers |= {name: tags[0].upper() for name, tags in layout.columns.items()}
    for line, fields in read_tagged(source):
        found = (
            next((fields[tag.upper()] for tag in tags if tag.upper() in fields), []) for tags in layout.columns.values()
        )
        key, addresses, year, field = found
        yield line, (" ".join(key), "; ".join(addresses), " ".join(year), " ".join(field))


def _add_addresses(part: Participation, addresses: list[Address | None], store: Store, place: str) -> None:
    """Add every organisation of a publication once; many addresses are departments of one."""
    store.tally.add("no-institution", place, sum(address is None for address in addresses))
    actors = {actor.id: actor for actor in (address.to_actor() for address in addresses if address)}
    for actor in actors.values():
        store.add_actor(actor)
        store.add_part(part._replace(actor=actor.id))
    if not actors:
        store.tally.add("no-participant", place)
