"""Turn a source of records into the tables of a study."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from regions.errors import Fault, MethodError, StudyError
from regions.messages import say
from regions.sources.bibliography import read_scopus, read_wos
from regions.sources.cordis import read_cordis
from regions.sources.long_table import COLUMNS, read_table
from regions.sources.openalex import read_openalex
from regions.sources.participation import LEVELS, Level
from regions.sources.patstat import read_patstat
from regions.sources.reading.regions_of_actors import Place, settle_actors
from regions.sources.reading.store import Store
from regions.sources.reading.study_writer import Tables, write_tables
from regions.sources.ror import read_ror
from regions.sources.table_settings import read_table_settings
from regions.tables.data_warnings import HYPER_RECORD


@dataclass(frozen=True, slots=True)
class RecordSource:
    """A source of records that can be read.

    Attributes
    ----------
    read
        Puts its actors and participations into a store.
    level
        The region of an actor that counts unless another is asked for.
    levels
        The regions that the source can tell.
    """

    read: Callable[[Sequence[Path], Store], None]
    level: Level
    levels: tuple[Level, ...]


_PLACES = ("country", "city")
_NUTS = ("country", "nuts1", "nuts2", "nuts3")

SOURCES: Mapping[str, RecordSource] = MappingProxyType(
    {
        "openalex": RecordSource(read_openalex, "country", _PLACES),
        "cordis": RecordSource(read_cordis, "nuts2", (*_NUTS, "city")),
        "ror": RecordSource(read_ror, "country", _PLACES),
        "patstat": RecordSource(read_patstat, "nuts2", _NUTS),
        "wos": RecordSource(read_wos, "country", _PLACES),
        "scopus": RecordSource(read_scopus, "country", _PLACES),
        "table": RecordSource(read_table, "given", ("given",)),
    }
)
"""Name -> source."""


@dataclass(frozen=True, slots=True, eq=False)
class Conversion:
    """What came of a conversion.

    Attributes
    ----------
    tables
        Counts and files.
    report
        One row per reason met: ``reason``, ``what`` (``dropped`` or ``noted``), ``count``, ``first`` (the first
        place), ``text``, ``text_zh``.
    """

    tables: Tables
    report: pd.DataFrame


def convert_records(
    source: str,
    inputs: Sequence[str | Path],
    out: str | Path,
    *,
    level: Level | None = None,
    place: Place | None = None,
    settings: str | Path | None = None,
) -> Conversion:
    """Turn files of a source into ``actors.csv`` and ``records.csv``.

    Memory stays bounded: rows are read one at a time and held on disk. The result does not depend on the order of
    rows or files, but for a record that stands there again with other content: the first counts then.

    Parameters
    ----------
    source
        A name in ``SOURCES``.
    inputs
        Files; for ``cordis`` and ``patstat`` also a folder.
    out
        Folder for the tables; made when it is missing, left alone when there is a fault.
    level
        Which region of an actor counts: ``country``, ``city``, ``nuts1`` to ``nuts3``; None for the usual one.
    place
        Gives the regions of actors instead, such as by their coordinates.
    settings
        For ``table``: a YAML file that says which header means what, see ``TableSettings``.

    Returns
    -------
    Conversion
        Actors without region and coordinates stay, their region empty, and are listed in ``unplaced.csv`` too; every
        reason to leave something out, with its count, in ``dropped.csv``.

    Raises
    ------
    MethodError
        The source is unknown or does not tell the level.
    StudyError
        With every fault of every file: file, row, column.
    RegionetError
        The temporary folder is full.
    """
    adapter = _find_source(source, level)
    read = adapter.read
    if settings is not None:
        if source != "table":
            raise MethodError(say("sources/settings", source=source))
        read = partial(read_table, settings=read_table_settings(Path(settings), COLUMNS))
    if not inputs:
        raise StudyError(Fault.of("", say("E-FOLDER/no-input")))
    with Store() as store:
        read([Path(path) for path in inputs], store)
        if not store.has_actors():
            raise StudyError(Fault.of(str(inputs[0]), say("E-EMPTY/no-actor")))
        store.drop_without_year()
        store.note_large(HYPER_RECORD)
        settle_actors(store, level or adapter.level, place)
        tables = write_tables(store, Path(out))
        return Conversion(tables, store.tally.to_frame())


def _find_source(source: str, level: Level | None) -> RecordSource:
    if source not in SOURCES:
        raise MethodError(say("sources/unknown", source=source, known=SOURCES))
    adapter = SOURCES[source]
    if level is not None and level not in adapter.levels:
        known = ", ".join(adapter.levels)
        every = "" if level in LEVELS else say("sources/no-such-level")
        raise MethodError(say("sources/level", source=source, level=level, every=every, known=known))
    return adapter
