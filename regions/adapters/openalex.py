"""OpenAlex works: who published what together, from JSON lines of the snapshot or pages of the API."""

from collections.abc import Sequence
from pathlib import Path

from regions.adapters.jsons import Object, get_number, get_object, get_objects, get_text, read_objects
from regions.adapters.kinds import find_ror_kind
from regions.adapters.model import Actor, Participation, is_on_earth
from regions.adapters.rows import gather_faults
from regions.adapters.store import Store
from regions.adapters.stream import MOST_FAULTS
from regions.adapters.years import is_year
from regions.errors import Fault, StudyError

_WORK, _INSTITUTION = "W", "I"
_UNWANTED = (("is_paratext", "paratext"), ("is_retracted", "retracted"))


def read_openalex(inputs: Sequence[Path], store: Store) -> None:
    """Read works, and institutions where they are given too.

    A work is a record, its actors the institutions of its authors, its field the field of its primary topic. The
    region of an institution is its country; institution objects among the input add city and coordinates.

    Parameters
    ----------
    inputs
        JSON lines, ``.gz`` or not.
    store
        Where actors and participations go. Left out and counted: covers and other paratext, retracted works, works that
        stand there again, authorships without an institution, works without any.

    Raises
    ------
    StudyError
        Lines that are no JSON, objects that are neither works nor institutions, years that are none.
    """
    seen: set[str] = set()
    faults: list[Fault] = []
    for path in inputs:
        with gather_faults(faults):
            for line, found in read_objects(path):
                key = _short_id(found)
                if key.startswith(_INSTITUTION):
                    store.add_actor(_describe(key, found), seen=0)
                elif key.startswith(_WORK):
                    faults += _add_work(key, found, (store, seen, (path.name, line)))
                else:
                    faults.append(_neither(path.name, line))
                if len(faults) >= MOST_FAULTS:
                    break
    if faults:
        raise StudyError(faults)


def _neither(file: str, line: int) -> Fault:
    texts = ("the object is neither a work nor an institution.", "该对象既不是成果也不是机构。")
    return Fault("E-JSON", file, *texts, row=line, column="id")


def _add_work(key: str, work: Object, where: tuple[Store, set[str], tuple[str, int]]) -> list[Fault]:
    store, seen, (file, line) = where
    place = f"{file}:{line}"
    reason = "repeated-record" if key in seen else next((why for flag, why in _UNWANTED if work.get(flag) is True), "")
    if reason:
        store.tally.add(reason, place)
        return []
    seen.add(key)
    year = get_number(work, "publication_year")
    if year is not None and not is_year(year):
        texts = (f"{year:g} is not a year.", f"{year:g} 不是年份。")
        return [Fault("E-YEAR", file, *texts, row=line, column="publication_year")]
    actors = _find_actors(work, store, place)
    field = get_text(get_object(get_object(work, "primary_topic"), "field"), "display_name")
    for actor in actors:
        store.add_actor(actor)
        store.add_part(Participation(key, actor.id, None if year is None else int(year), "paper", field))
    if not actors:
        store.tally.add("no-participant", place)
    if work.get("is_authors_truncated") is True:
        store.tally.add("truncated", place)
    return []


def _find_actors(work: Object, store: Store, place: str) -> list[Actor]:
    """Return every institution of a work once."""
    actors: dict[str, Actor] = {}
    for authorship in get_objects(work, "authorships"):
        institutions = {_short_id(found): found for found in get_objects(authorship, "institutions")}
        institutions.pop("", None)
        if not institutions:
            store.tally.add("no-institution", place)
        actors |= {key: _describe(key, found) for key, found in institutions.items() if key not in actors}
    return list(actors.values())


def _describe(key: str, found: Object) -> Actor:
    geo = get_object(found, "geo")
    lon, lat = get_number(geo, "longitude"), get_number(geo, "latitude")
    known = lon is not None and lat is not None and is_on_earth(lon, lat)
    names = get_object(get_object(found, "international"), "display_name")
    return Actor(
        id=key,
        name=get_text(found, "display_name") or key,
        name_zh=get_text(names, "zh-cn") or get_text(names, "zh"),
        kind=find_ror_kind([get_text(found, "type")]),
        lon=lon if known else None,
        lat=lat if known else None,
        country=get_text(found, "country_code").upper(),
        city=get_text(geo, "city"),
        ror=get_text(found, "ror").rpartition("/")[2],
    )


def _short_id(found: Object) -> str:
    return get_text(found, "id").rpartition("/")[2]
