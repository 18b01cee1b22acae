"""A plain long table: one row says that an actor of a region took part in a record."""

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from regions.adapters.model import Actor, Participation, is_on_earth
from regions.adapters.rows import Layout, Source, gather_faults, read_header, read_rows
from regions.adapters.store import Store
from regions.adapters.years import read_year
from regions.errors import Fault, StudyError
from regions.tables import ACTOR_KINDS, TABLES


def _words(table: str, column: str) -> tuple[str, ...]:
    return (column, *TABLES[table][column].synonyms)


_LAYOUT = Layout(
    {
        "record": (*_words("records", "record"), "申请号", "论文编号", "合同编号"),
        "id": ("actor_id", "机构编号", "单位编号", "主体编号"),
        "actor": (*_words("records", "actor"), "name", "名称", "单位名称", "机构名称", "申请人", "participant"),
        "region": (*_words("actors", "region"), "地区", "城市", "省份", "所属地区", "city", "country"),
        "year": _words("records", "year"),
        "actor_kind": ("actor_kind", "机构类型", "单位类型", "主体类型", "单位性质"),
        "kind": ("record_kind", *_words("records", "kind")),
        "field": _words("records", "field"),
        "lon": ("lon", "lng", "long", "longitude", "经度"),
        "lat": ("lat", "latitude", "纬度"),
    },
    required=("record", "actor|id"),
)


_NAMES = ("name", "名称", "单位名称", "机构名称")
_WITH_NAMES = replace(_LAYOUT, columns={**_LAYOUT.columns, "id": ("actor",), "actor": _NAMES})
"""For tables that have a column ``actor`` beside one of names: the actor is an identifier then."""


def read_table(inputs: Sequence[Path], store: Store) -> None:
    """Read long tables with the columns record, actor and, when given, region, year, kinds, field, coordinates.

    Headers may be any of those that the study's own tables know, in English or Chinese. Without a column of
    identifiers an actor is its name in its region: two hospitals of one name in two cities are two actors. With one
    (``actor_id``, or ``actor`` beside a column of names) an actor must have the same region everywhere.

    Parameters
    ----------
    inputs
        CSV files; comma, semicolon or tab.
    store
        Where actors and participations go. Left out and counted: rows without record or actor.

    Raises
    ------
    StudyError
        ``E-CONFLICT`` for an identifier with two regions; every missing column, ragged row, wrong year or coordinate.
    """
    regions: dict[str, str] = {}
    faults: list[Fault] = []
    for path in inputs:
        source = Source(path, store.tally)
        with gather_faults(faults):
            layout = _WITH_NAMES if {"actor"} < {"actor", *_NAMES} & set(read_header(path)) else _LAYOUT
            for line, cells in read_rows(source, layout):
                _add_row(source, line, cells, (store, regions))
    if faults:
        raise StudyError(faults)


def _add_row(source: Source, line: int, cells: tuple[str, ...], kept: tuple[Store, dict[str, str]]) -> None:
    record, key, name, region, year, actor_kind, kind, field, lon, lat = cells
    store, regions = kept
    if not record or not (key or name):
        store.tally.add("no-institution" if record else "no-record", f"{source.path.name}:{line}")
        return
    if key and regions.setdefault(key, region) != region:
        texts = (
            f"'{key}' stands here in '{region}', before in '{regions[key]}'.",
            f"“{key}”此处属于“{region}”，前面属于“{regions[key]}”。",
        )
        source.add_fault("E-CONFLICT", line, "region", texts)
    point = _read_point(source, line, lon, lat)
    actor = Actor(
        id=key or (f"{name} ({region})" if region else name),
        name=name or key,
        kind=ACTOR_KINDS.get(actor_kind.lower(), actor_kind) or "other",
        region=region,
        lon=point[0],
        lat=point[1],
    )
    store.add_actor(actor)
    store.add_part(Participation(record, actor.id, read_year(year, source, line, "year"), kind, field))


def _read_point(source: Source, line: int, lon: str, lat: str) -> tuple[float | None, float | None]:
    if not lon and not lat:
        return None, None
    east, north = _read_number(source, line, "lon", lon), _read_number(source, line, "lat", lat)
    if east is None or north is None:
        return None, None
    if not is_on_earth(east, north) and (east, north) != (0.0, 0.0):
        texts = (f"{lon}, {lat} is outside longitude and latitude.", f"{lon}, {lat} 超出经纬度范围。")
        source.add_fault("E-LATRANGE", line, "lat", texts)
    return (east, north) if is_on_earth(east, north) else (None, None)


def _read_number(source: Source, line: int, column: str, cell: str) -> float | None:
    try:
        number = float(cell)
    except ValueError:
        number = math.nan
    if math.isfinite(number):
        return number
    texts = (f"'{cell[:40]}' is not a number.", f"“{cell[:40]}”不是数字。")
    source.add_fault("E-NUM", line, column, texts)
    return None
