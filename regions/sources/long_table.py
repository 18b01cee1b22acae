"""A plain long table: one row says that an actor of a region took part in a record, or that two actors did."""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from regions.frames.name_index import shorten
from regions.messages import say
from regions.schema.kind_of_name import guess_kind
from regions.schema.kind_words import map_kind
from regions.schema.tables import TABLES
from regions.sources.participation import Actor, Participation, is_on_earth
from regions.sources.reading.rows import RowLayout, read_header, read_rows
from regions.sources.reading.source_file import Source, is_empty_word, read_all, read_year
from regions.sources.reading.store import Store
from regions.sources.table_settings import TableSettings


def _words(table: str, column: str) -> tuple[str, ...]:
    return (column, *TABLES[table][column].synonyms)


_ACTOR_WORDS = ("name", "名称", "单位名称", "机构名称", "企业名称", "申请人", "专利权人", "participant")
_LAYOUT = RowLayout(
    {
        "record": (*_words("records", "record"), "申请号", "论文编号", "合同编号"),
        "id": ("actor_id", "机构编号", "单位编号", "主体编号"),
        "actor": (*_words("records", "actor"), *_ACTOR_WORDS),
        "region": (*_words("actors", "region"), "地区", "城市", "省份", "所属地区", "city", "country"),
        "year": _words("records", "year"),
        "actor_kind": ("actor_kind", "机构类型", "单位类型", "主体类型", "单位性质"),
        "partner": ("partner", "合作单位", "合作机构", "合作方", "协作单位", "合作者", "乙方单位"),
        "partner_region": ("partner_region", "合作单位所在地", "合作单位地区", "合作单位城市", "合作地区", "乙方地区"),
        "partner_kind": ("partner_kind", "合作单位性质", "合作单位类型"),
        "times": ("count", "专利数", "合作数", "合作次数", "合作量", "件数", "项数", "数量", "次数"),
        "kind": ("record_kind", *_words("records", "kind")),
        "field": _words("records", "field"),
        "lon": ("lon", "lng", "long", "longitude", "经度"),
        "lat": ("lat", "latitude", "纬度"),
    },
    required=("record|partner", "actor|id"),
    watched=("region", "year", "times"),
)
_NAMES = ("name", "名称", "单位名称", "机构名称")
_WITH_NAMES = replace(_LAYOUT, columns={**_LAYOUT.columns, "id": ("actor",), "actor": _NAMES})
"""For tables that have a column ``actor`` beside one of names: the actor is an identifier then."""

_SURE_SEPARATOR = re.compile(r"[;；|｜\r\n]+")
_LIKELY_SEPARATOR = re.compile("[、，]+")
_ANY_SEPARATOR = re.compile(r"[;；|｜\r\n、，]")
_MOST = 10_000
_shorten = lru_cache(maxsize=10_000)(shorten)


class _Row(NamedTuple):
    record: str
    id: str
    actor: str
    region: str
    year: str
    actor_kind: str
    partner: str
    partner_region: str
    partner_kind: str
    times: str
    kind: str
    field: str
    lon: str
    lat: str


COLUMNS = tuple(_LAYOUT.columns)
"""What the columns of a long table may mean."""
_ABOUT_RECORDS = RowLayout({name: _LAYOUT.columns[name] for name in ("record", "year", "kind", "field")}, ("record",))


@dataclass(slots=True)
class _Reading:
    """One file being read, the region of every identifier so far, and what tables of records say of each."""

    source: Source
    store: Store
    regions: dict[str, str]
    settings: TableSettings
    records: Mapping[str, "_Record"]


class _Record(NamedTuple):
    record: str
    year: str
    kind: str
    field: str


def read_table(inputs: Sequence[Path], store: Store, *, settings: TableSettings | None = None) -> None:
    """Read long tables with the columns record, actor and, when given, region, year, kinds, field, coordinates.

    Headers may be any of those that the study's own tables know, in English or Chinese. Without a column of
    identifiers an actor is its name in its region: two hospitals of one name in two cities are two actors. With one
    (``actor_id``, or ``actor`` beside a column of names) an actor must have the same region everywhere.

    A cell with several names (parted by semicolons, bars or line breaks; by 、 where every part is named like an
    organisation) names as many participants. Other cells of the row with as many parts are theirs one by one, else the
    first name's; the region of the others is what other rows say of the only actor of that name. A column ``partner``
    names a further participant. Where it stands and no column of records, every row is a record of its own, or as many
    as its ``count`` says. A file with records and their year, kind or field and no actors tells these of the records of
    the other files, where the rows there do not.

    Parameters
    ----------
    inputs
        CSV files (comma, semicolon or tab), or workbooks.
    store
        Where actors and participations go. Left out and counted: rows without record or actor, participations in
        records that a file of records lacks.
    settings
        Headers and words of the source, for tables whose own are not known.

    Raises
    ------
    StudyError
        ``E-CONFLICT`` for an identifier with two regions; every missing column, ragged row, wrong year or coordinate.
    """
    regions: dict[str, str] = {}
    settings = settings or TableSettings()
    records: dict[str, _Record] = {}

    def read(source: Source) -> None:
        layout = _find_layout(read_header(source.path), settings)
        for line, cells in read_rows(source, layout):
            row = _Row(*map(settings.clean_cell, _LAYOUT.columns, cells))
            _add_row(_Reading(source, store, regions, settings, records), line, row)

    about = [path for path in inputs if _tells_records(path, settings)]
    jobs: list[tuple[Path, Callable[[Source], None]]] = []
    jobs += [(path, partial(_read_records, settings=settings, records=records)) for path in about]
    jobs += [(path, read) for path in inputs if path not in about]
    read_all(jobs, store)
    store.join_placeless()


def _find_layout(header: Sequence[str], settings: TableSettings) -> RowLayout:
    layout = _WITH_NAMES if {"actor"} < {"actor", *_NAMES} & set(header) else _LAYOUT
    return _rename(layout, settings)


def _rename(layout: RowLayout, settings: TableSettings) -> RowLayout:
    """Let the headers of the settings mean what they say, and nothing else do so."""
    own = {name: (header.strip().lower(),) for name, header in settings.columns.items() if name in layout.columns}
    return replace(layout, columns={**layout.columns, **own})


def _tells_records(path: Path, settings: TableSettings) -> bool:
    """Tell whether a file says of records when and what they were, and not who took part."""
    header = set(read_header(path))
    has = {name for name, words in _rename(_LAYOUT, settings).columns.items() if header & set(words)}
    return "record" in has and bool(has & {"year", "kind", "field"}) and not has & {"actor", "id", "partner"}


def _read_records(source: Source, *, settings: TableSettings, records: dict[str, _Record]) -> None:
    for line, cells in read_rows(source, _rename(_ABOUT_RECORDS, settings)):
        record = _Record(*map(settings.clean_cell, _ABOUT_RECORDS.columns, cells))
        if record.record in records:
            source.count("repeated-record", line)
        records.setdefault(record.record, record)


def _add_row(reading: _Reading, line: int, row: _Row) -> None:
    source, store = reading.source, reading.store
    actors = [*_list_actors(reading, line, row), *_list_partners(reading, line, row)]
    records = list(_name_records(source, line, row))
    if not actors or not records:
        if row.record or "record" not in source.headers:
            source.count("bad-count" if actors else "no-institution", line)
        else:
            source.count("no-record", line)
        return
    told = reading.records.get(row.record, _Record(row.record, "", "", ""))
    if reading.records and row.record not in reading.records:
        source.count("unknown-record", line)
        return
    year = read_year(row.year or told.year, source, line, "year")
    for actor in actors:
        store.add_actor(actor)
        for record in records:
            store.add_part(Participation(record, actor.id, year, row.kind or told.kind, row.field or told.field))


def _name_records(source: Source, line: int, row: _Row) -> Iterator[str]:
    """Give the record of a row; in a table of pairs without records the row's own, as often as it counts."""
    if "record" in source.headers:
        yield from filter(None, [row.record])
        return
    if is_empty_word(row.times) or (not row.times and "times" in source.headers):
        return
    times = _read_number(source, line, "times", row.times or "1")
    if times is None or times < 0 or times % 1 or times > _MOST:
        if times is not None:
            source.add_fault(say("E-NUM/times", cell=row.times[:40]), line, "times")
        return
    yield from (f"{source.path.stem}-{line}-{time}" for time in range(1, int(times) + 1))


def _list_actors(reading: _Reading, line: int, row: _Row) -> Iterator[Actor]:
    """Give the actors that a row names, each with its part of the other cells."""
    names = _split_names(row.actor) or ([""] if row.id else [])
    reading.source.count("several-names", line, len(names) > 1)
    point = _read_point(reading.source, line, row.lon, row.lat)
    cells = (_share(cell, len(names)) for cell in (row.id, row.region, row.actor_kind))
    for position, (name, key, region, kind) in enumerate(zip(names, *cells, strict=True)):
        lon, lat = point if position == 0 else (None, None)
        actor = _build_actor(reading, key, name, region, kind)
        if key:
            _check_region(reading, line, key, region)
        yield actor._replace(lon=lon, lat=lat)


def _list_partners(reading: _Reading, line: int, row: _Row) -> Iterator[Actor]:
    if not row.partner:
        return
    names = _split_names(row.partner)
    reading.source.count("several-names", line, len(names) > 1)
    cells = (_share(cell, len(names)) for cell in (row.partner_region, row.partner_kind))
    for name, region, kind in zip(names, *cells, strict=True):
        yield _build_actor(reading, "", name, region, kind)


def _build_actor(reading: _Reading, key: str, name: str, region: str, kind: str) -> Actor:
    store = reading.store
    kind = reading.settings.kinds.get(kind.casefold(), kind)
    known = key or (f"{name} ({region})" if region else name)
    if region and not key:
        short = _shorten(region)
        store.add_place(known, f"{name} ({short})", placed=region.casefold() != short)  # 上海 is 上海市
    store.add_place(known, name or key, placed=bool(key or region))
    return Actor(id=known, name=name or key, kind=map_kind(kind) or kind, region=region)


def _split_names(cell: str) -> list[str]:
    """Split a cell with several names; a mark that may stand in a name parts only what are names on both sides."""
    if not _ANY_SEPARATOR.search(cell):  # nearly all
        return [cell] if cell else []
    names = [name.strip() for name in _SURE_SEPARATOR.split(cell) if name.strip()]
    likely = [name.strip() for name in _LIKELY_SEPARATOR.split(cell) if name.strip()]
    if len(names) == 1 < len(likely) and all(guess_kind(name) != "other" for name in likely):
        return likely
    return names


def _share(cell: str, count: int) -> list[str]:
    """Give every name its part of a cell: one each where there are as many, else all to the first."""
    if count == 1:
        return [cell]
    parts = [part.strip() for part in _SURE_SEPARATOR.split(cell)]
    return parts if len(parts) == count else [cell, *[""] * (count - 1)][:count]


def _check_region(reading: _Reading, line: int, key: str, region: str) -> None:
    before = reading.regions.setdefault(key, region)
    if before != region and shorten(before) != shorten(region):
        reading.source.add_fault(say("E-CONFLICT/region", key=key, region=region, before=before), line, "region")


def _read_point(source: Source, line: int, lon: str, lat: str) -> tuple[float | None, float | None]:
    if not lon and not lat:
        return None, None
    east, north = _read_number(source, line, "lon", lon), _read_number(source, line, "lat", lat)
    if east is None or north is None:
        return None, None
    if not is_on_earth(east, north) and (east, north) != (0.0, 0.0):
        source.add_fault(say("E-LATRANGE/pair", lon=lon, lat=lat), line, "lat")
    return east, north


def _read_number(source: Source, line: int, column: str, cell: str) -> float | None:
    try:
        number = float(cell)
    except ValueError:
        number = math.nan
    if math.isfinite(number):
        return number
    source.add_fault(say("E-NUM/number", cell=cell[:40]), line, column)
    return None
