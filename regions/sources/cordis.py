"""CORDIS: the projects of the European framework programmes and the organisations in them."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from regions.errors import Fault, StudyError
from regions.messages import say
from regions.sources.actor_kinds import CORDIS_KINDS
from regions.sources.participation import Actor, Participation, is_on_earth
from regions.sources.reading.rows import RowLayout, read_rows, sort_inputs
from regions.sources.reading.source_file import Source, read_all, read_nuts, read_year
from regions.sources.reading.store import Store

_PROJECTS = RowLayout(
    {
        "id": ("id",),
        "start": ("startdate",),
        "signed": ("ecsignaturedate",),
        "programme": ("legalbasis", "programme"),
    },
    required=("id",),
)
_ORGANISATIONS = RowLayout(
    {
        "project": ("projectid",),
        "id": ("organisationid", "organizationid", "id"),
        "name": ("name",),
        "activity": ("activitytype",),
        "city": ("city",),
        "country": ("country",),
        "nuts": ("nutscode",),
        "geolocation": ("geolocation",),
    },
    required=("project", "id", "name", "country"),
)
_FIELDS = RowLayout(
    {"project": ("projectid",), "path": ("euroscivocpath",)},
    required=("project", "path"),
)
_MARKS = (
    (frozenset({"projectid", "activitytype"}), "organisations"),
    (frozenset({"projectid", "organisationid"}), "organisations"),
    (frozenset({"projectid", "euroscivocpath"}), "fields"),
    (frozenset({"id", "startdate"}), "projects"),
)
_PART = re.compile(r"^[\w-]+(?:\.\d+){0,2}")
_POINT = re.compile(r"^\(?\s*(-?\d+(?:\.\d+)?)\s*[,; ]\s*(-?\d+(?:\.\d+)?)\s*\)?$")


def read_cordis(inputs: Sequence[Path], store: Store) -> None:
    """Read the organisations, with the projects for the years and EuroSciVoc for the fields, of today or before 2021.

    A project is a record, its year that of its start (else of its signature). Its field is the first level of its first
    EuroSciVoc path; where no such table is given, the part of the programme that the project lists first
    (``H2020-EU.1.3``). Tables from before 2021 have other headers, no NUTS codes and no coordinates: their
    organisations have a country and a city. Which file is which is told by the headers.

    Parameters
    ----------
    inputs
        The files in any order, or a folder that holds them.
    store
        Where actors and participations go. Left out and counted: rows without a project, participations in projects
        that the table of projects lacks, projects that stand there again.

    Raises
    ------
    StudyError
        ``E-FOLDER`` when no file has organisations; every missing column, ragged row and wrong date.
    """
    found = sort_inputs(inputs, _MARKS, "organization, project, euroSciVoc")
    if not found["organisations"]:
        raise StudyError(Fault.of(str(inputs[0]) if inputs else "", say("E-FOLDER/cordis")))
    years: dict[str, int | None] = {}
    fields: dict[str, str] = {}
    readers: dict[str, Callable[[Source], None]] = {
        "projects": partial(_read_projects, years=years, fields={} if found["fields"] else fields),
        "fields": partial(_read_fields, fields=fields),
        "organisations": partial(_read_organisations, known=(years, fields), store=store),
    }
    read_all([(path, read) for kind, read in readers.items() for path in found[kind]], store)


def _read_projects(source: Source, years: dict[str, int | None], fields: dict[str, str]) -> None:
    for line, (key, start, signed, programme) in read_rows(source, _PROJECTS):
        if key in years:
            source.count("repeated-record", line)
            continue
        years[key] = read_year(start or signed, source, line, "start" if start else "signed")
        parts = [part.group() for part in map(_PART.match, filter(None, programme.split(";"))) if part]
        if parts:
            fields[key] = parts[0]


def _read_fields(source: Source, fields: dict[str, str]) -> None:
    several = set()
    for line, (project, path) in read_rows(source, _FIELDS):
        field = path.strip("/").split("/")[0]
        if fields.setdefault(project, field) != field and project not in several:
            several.add(project)
            source.count("first-field", line)


def _read_organisations(
    source: Source, known: tuple[Mapping[str, int | None], Mapping[str, str]], store: Store
) -> None:
    for row in read_rows(source, _ORGANISATIONS):
        _add_organisation(source, row, known, store)


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
    if match and (is_on_earth(lon, lat) or (lon, lat) == (0.0, 0.0)):
        return lon, lat
    source.add_fault(say("E-NUM/pair", cell=cell[:40]), line, "geolocation")
    return None, None
