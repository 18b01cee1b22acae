"""CORDIS: the projects of the European framework programmes and the organisations in them."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from regions.adapters.kinds import CORDIS_KINDS
from regions.adapters.model import Actor, Participation, is_on_earth
from regions.adapters.rows import Layout, Source, gather_faults, read_header, read_nuts, read_rows
from regions.adapters.store import Store
from regions.adapters.years import read_year
from regions.errors import Fault, StudyError

_PROJECTS = Layout({"id": ("id",), "start": ("startdate",), "signed": ("ecsignaturedate",)}, required=("id",))
_ORGANISATIONS = Layout(
    {
        "project": ("projectid",),
        "id": ("organisationid", "organizationid"),
        "name": ("name",),
        "activity": ("activitytype",),
        "city": ("city",),
        "country": ("country",),
        "nuts": ("nutscode",),
        "geolocation": ("geolocation",),
    },
    required=("project", "id", "name", "country"),
)
_FIELDS = Layout(
    {"project": ("projectid",), "path": ("euroscivocpath",)},
    required=("project", "path"),
)
_POINT = re.compile(r"^\(?\s*(-?\d+(?:\.\d+)?)\s*[,; ]\s*(-?\d+(?:\.\d+)?)\s*\)?$")


def read_cordis(inputs: Sequence[Path], store: Store) -> None:
    """Read ``organization.csv``, with ``project.csv`` for the years and ``euroSciVoc.csv`` for the fields.

    A project is a record, its year that of its start (else of its signature); its field is the first level of its
    first EuroSciVoc path. Which file is which is told by the headers.

    Parameters
    ----------
    inputs
        The files in any order, or a folder that holds them.
    store
        Where actors and participations go. Left out and counted: rows without a project, participations in projects
        that ``project.csv`` lacks.

    Raises
    ------
    StudyError
        ``E-FOLDER`` when no file has organisations; every missing column, ragged row and wrong date.
    """
    found = _sort_inputs(inputs)
    faults: list[Fault] = []
    years: dict[str, int | None] = {}
    fields: dict[str, str] = {}
    for path in found["projects"]:
        with gather_faults(faults):
            _read_years(Source(path, store.tally), years)
    for path in found["fields"]:
        with gather_faults(faults):
            _read_fields(Source(path, store.tally), fields)
    for path in found["organisations"]:
        source = Source(path, store.tally)
        with gather_faults(faults):
            for row in read_rows(source, _ORGANISATIONS):
                _add_organisation(source, row, (years, fields), store)
    if faults:
        raise StudyError(faults)


def _sort_inputs(inputs: Sequence[Path]) -> dict[str, list[Path]]:
    """Tell the files apart by their headers; other files of a folder are left alone."""
    found: dict[str, list[Path]] = {"projects": [], "organisations": [], "fields": []}
    marks = {"activitytype": "organisations", "organisationid": "organisations", "euroscivocpath": "fields"}
    for path in inputs:
        for file in sorted(path.glob("*.csv")) if path.is_dir() else [path]:
            header = read_header(file)
            kind = next((kind for mark, kind in marks.items() if mark in header), None)
            if kind is None and {"id", "startdate"} <= set(header):
                kind = "projects"
            if kind is None and not path.is_dir():
                texts = ("is neither projects, organisations nor EuroSciVoc.", "不是项目、机构或 EuroSciVoc 表。")
                raise StudyError(Fault("E-COLUMN", file.name, *texts, row=1))
            if kind is not None:
                found[kind].append(file)
    if not found["organisations"]:
        texts = ("there is no organization.csv with a column organisationID.", "缺少含 organisationID 列的机构表。")
        raise StudyError(Fault("E-FOLDER", str(inputs[0]) if inputs else "", *texts))
    return found


def _read_years(source: Source, years: dict[str, int | None]) -> None:
    for line, (key, start, signed) in read_rows(source, _PROJECTS):
        years[key] = read_year(start or signed, source, line, "start" if start else "signed")


def _read_fields(source: Source, fields: dict[str, str]) -> None:
    for _, (project, path) in read_rows(source, _FIELDS):
        fields.setdefault(project, path.strip("/").split("/")[0])


def _add_organisation(
    source: Source,
    row: tuple[int, tuple[str, ...]],
    known: tuple[Mapping[str, int | None], Mapping[str, str]],
    store: Store,
) -> None:
    line, (project, key, name, activity, city, country, nuts, point) = row
    years, fields = known
    place = f"{source.path.name}:{line}"
    if not project or not (key or name):
        store.tally.add("no-institution" if project else "no-record", place)
        return
    if years and project not in years:
        store.tally.add("unknown-record", place)
        return
    actor = Actor(
        id=key or f"{name} ({country})",
        name=name or key,
        kind=CORDIS_KINDS.get(activity.upper(), ""),
        country=country.upper(),
        city=city,
        nuts=read_nuts(nuts, source, line),
    )
    lon, lat = _read_point(point, source, line)
    store.add_actor(actor._replace(lon=lon, lat=lat))
    store.add_part(Participation(project, actor.id, years.get(project), "project", fields.get(project, "")))


def _read_point(cell: str, source: Source, line: int) -> tuple[float | None, float | None]:
    """Read ``(latitude,longitude)``, with or without brackets."""
    if not cell:
        return None, None
    match = _POINT.match(cell)
    lat, lon = map(float, match.groups()) if match else (0.0, 0.0)
    if match and is_on_earth(lon, lat):
        return lon, lat
    if match and (lon, lat) == (0.0, 0.0):
        source.count("no-point", line)
    if not match or (lon, lat) != (0.0, 0.0):
        texts = (f"'{cell[:40]}' is no pair latitude, longitude.", f"“{cell[:40]}”不是“纬度,经度”。")
        source.add_fault("E-NUM", line, "geolocation", texts)
    return None, None
