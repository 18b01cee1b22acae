"""CORDIS: the projects of the European framework programmes and the organisations in them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from regions.errors import Fault, StudyError
from regions.messages import say
from regions.sources.actor_kinds import CORDIS_KINDS
from regions.sources.participation import Actor, Participation, is_on_earth
from regions.sources.reading.rows import RowLayout, read_rows, sort_inputs
from regions.sources.reading.source_file import Source, read_all, read_nuts, read_year
from regions.sources.reading.store import Store

_PROJECTS = RowLayout(
    {
        "id": ("id", "reference", "rcn"),
        "rcn": ("rcn",),
        "start": ("startdate",),
        "signed": ("ecsignaturedate",),
        "programme": ("legalbasis", "programme"),
    },
    required=("id",),
)
_ORGANISATIONS = RowLayout(
    {
        "project": ("projectid", "projectreference", "projectrcn"),
        "id": ("organisationid", "organizationid", "id"),
        "name": ("name",),
        "activity": ("activitytype",),
        "city": ("city",),
        "country": ("country",),
        "nuts": ("nutscode",),
        "geolocation": ("geolocation",),
        "ended": ("endofparticipation",),
        "role": ("role",),
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
    (frozenset({"projectreference", "activitytype"}), "organisations"),
    (frozenset({"projectrcn", "activitytype"}), "organisations"),
    (frozenset({"projectid", "euroscivocpath"}), "fields"),
    (frozenset({"id", "startdate"}), "projects"),
    (frozenset({"reference", "startdate"}), "projects"),
    (frozenset({"rcn", "startdate"}), "projects"),
)
_PART = re.compile(r"^[\w-]+(?:\.\d+){0,2}")
_NUMBER = r"(-?\d+(?:[.,]\d+)?)"
_POINT = re.compile(rf"^\(?\s*{_NUMBER}\s*[,; ]\s*{_NUMBER}\s*\)?$")

PARTS: Mapping[str, str] = MappingProxyType(
    {
        "H2020-EU.1.1": "European Research Council",
        "H2020-EU.1.2": "Future and emerging technologies",
        "H2020-EU.1.3": "Marie Sklodowska-Curie",
        "H2020-EU.1.4": "Research infrastructures",
        "H2020-EU.2.1": "Industrial leadership",
        "H2020-EU.2.2": "Access to risk finance",
        "H2020-EU.2.3": "Innovation in SMEs",
        "H2020-EU.3.1": "Health",
        "H2020-EU.3.2": "Food and bioeconomy",
        "H2020-EU.3.3": "Energy",
        "H2020-EU.3.4": "Transport",
        "H2020-EU.3.5": "Climate and environment",
        "H2020-EU.3.6": "Inclusive societies",
        "H2020-EU.3.7": "Secure societies",
        "H2020-EU.4": "Spreading excellence",
        "H2020-EU.5": "Science with and for society",
        "H2020-Euratom": "Euratom",
    }
)
"""Part of Horizon 2020 -> its name as the fields of the embedded study of Europe have it."""

ROLES: Mapping[str, str] = MappingProxyType(
    {
        "coordinator": "coordinator",
        "participant": "participant",
        "beneficiary": "participant",
        "partner": "partner",
        "internationalpartner": "partner",
        "associatedpartner": "partner",
        "thirdparty": "third party",
        "hostinstitution": "host institution",
    }
)
"""Role in a project -> as the records of the embedded study of Europe have it; others stay as they stand."""
_USUAL = frozenset({"", "coordinator", "participant", "partner"})


class _Row(NamedTuple):
    project: str
    id: str
    name: str
    activity: str
    city: str
    country: str
    nuts: str
    geolocation: str
    ended: str
    role: str


@dataclass(slots=True)
class _Projects:
    """Year and field of every project, and its grant number by its record control number."""

    years: dict[str, int | None] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)


def read_cordis(inputs: Sequence[Path], store: Store) -> None:
    """Read the organisations, with the projects for the years and EuroSciVoc for the fields, of today or before 2021.

    A project is a record, its year that of its start (else of its signature). Its field is the first level of its first
    EuroSciVoc path; where no such table is given, the part of the programme that the project lists first, in the words
    of the embedded study of Europe (``Marie Sklodowska-Curie``). Tables from before 2021 have other headers
    (``projectReference``, ``projectRcn``), no NUTS codes and no coordinates: their organisations have a country and a
    city. Which file is which is told by the headers. Organisations that left a project are kept and counted. Roles are
    written beside the number of participants; every role counts alike, and others than coordinator, participant and
    partner are counted in the report.

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
    projects = _Projects()
    readers: dict[str, Callable[[Source], None]] = {
        "projects": partial(_read_projects, projects=projects, with_parts=not found["fields"]),
        "fields": partial(_read_fields, fields=projects.fields),
        "organisations": partial(_read_organisations, projects=projects, store=store),
    }
    read_all([(path, read) for kind, read in readers.items() for path in found[kind]], store)


def _read_projects(source: Source, projects: _Projects, *, with_parts: bool) -> None:
    for line, (key, rcn, start, signed, programme) in read_rows(source, _PROJECTS):
        if key in projects.years:
            source.count("repeated-record", line)
            continue
        projects.years[key] = read_year(start or signed, source, line, "start" if start else "signed")
        projects.numbers[rcn] = key
        if with_parts:
            projects.fields[key] = find_part(programme)


def find_part(programme: str) -> str:
    """Return the part of the programme that a project lists first, in words for Horizon 2020.

    Examples
    --------
    >>> find_part("H2020-EU.1.3.;H2020-EU.1.3.2."), find_part("HORIZON.2.5"), find_part("FP7-ICT"), find_part("")
    ('Marie Sklodowska-Curie', 'HORIZON.2.5', 'FP7-ICT', '')
    """
    parts = [part.group() for part in map(_PART.match, filter(None, programme.split(";"))) if part]
    if not parts:
        return ""
    known = (words for start, words in PARTS.items() if f"{parts[0]}.".startswith(f"{start}."))
    return next(known, parts[0])


def _read_fields(source: Source, fields: dict[str, str]) -> None:
    several = set()
    for line, (project, path) in read_rows(source, _FIELDS):
        first = path.strip("/").split("/")[0]
        if fields.setdefault(project, first) != first and project not in several:
            several.add(project)
            source.count("first-field", line)


def _read_organisations(source: Source, projects: _Projects, store: Store) -> None:
    for line, row in read_rows(source, _ORGANISATIONS):
        _add_organisation(source, line, _Row(*row), projects=projects, store=store)


def _add_organisation(source: Source, line: int, row: _Row, *, projects: _Projects, store: Store) -> None:
    place = f"{source.path.name}:{line}"
    if not row.project or not (row.id or row.name):
        store.tally.add("no-institution" if row.project else "no-record", place)
        return
    project = row.project if row.project in projects.years else projects.numbers.get(row.project, row.project)
    if projects.years and project not in projects.years:
        store.tally.add("unknown-record", place)
        return
    actor = Actor(
        id=row.id or f"{row.name} ({row.country})",
        name=row.name or row.id,
        kind=CORDIS_KINDS.get(row.activity.upper(), ""),
        country=row.country.upper(),
        city=row.city,
        nuts=read_nuts(row.nuts, source, line),
    )
    lon, lat = _read_point(row.geolocation, source, line)
    store.tally.add("ended", place, int(row.ended.casefold() == "true"))
    store.add_actor(actor._replace(lon=lon, lat=lat))
    year, topic = projects.years.get(project), projects.fields.get(project, "")
    role = ROLES.get(row.role.casefold(), row.role)
    store.tally.add("other-role", f"{place} {row.role}", int(role not in _USUAL))
    store.add_part(Participation(project, actor.id, year, "project", topic, role))


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
