"""OpenAlex works: who published what together, from JSON lines of the snapshot or pages of the API."""

from collections.abc import Sequence
from pathlib import Path

from regions.messages import say
from regions.sources.actor_kinds import find_ror_kind
from regions.sources.participation import Actor, Participation
from regions.sources.reading.json_objects import (
    Object,
    Spot,
    get_cell,
    get_number,
    get_object,
    get_objects,
    get_text,
    read_objects,
)
from regions.sources.reading.source_file import Source, read_all, read_year
from regions.sources.reading.store import Store

_WORK, _INSTITUTION = "W", "I"
_LONGEST_LIST = 100
_UNWANTED = (("is_paratext", "paratext"), ("is_retracted", "retracted"))


def read_openalex(inputs: Sequence[Path], store: Store) -> None:
    """Read works, and institutions where they are given too.

    A work is a record, its actors the institutions of its authors, its field the field of its primary topic. The
    region of an institution is its country; institution objects among the input add city and coordinates.

    Parameters
    ----------
    inputs
        JSON lines, arrays or pages of the interface, ``.gz`` or not.
    store
        Where actors and participations go. Left out and counted: covers and other paratext, retracted works, works that
        stand there again, authorships without an institution, works without any. Works with a list of authors that was
        cut are counted: those marked so, and those with exactly 100 authors, where lists of the interface end with or
        without the mark.

    Raises
    ------
    StudyError
        Text that is no JSON, objects that are neither works nor institutions, years that are none.
    """
    seen: set[str] = set()

    def read(source: Source) -> None:
        for spot, found in read_objects(source.path):
            key = _short_id(found)
            if key.startswith(_INSTITUTION):
                store.add_actor(_describe(key, found), seen=0)
            elif key.startswith(_WORK):
                _add_work(key, found, seen, (store, source, spot))
            else:
                source.add_fault(say("E-JSON/openalex"), spot.row, "id")

    read_all([(path, read) for path in inputs], store)


def _add_work(key: str, work: Object, seen: set[str], where: tuple[Store, Source, Spot]) -> None:
    store, source, spot = where
    reason = "repeated-record" if key in seen else next((why for flag, why in _UNWANTED if work.get(flag) is True), "")
    if reason:
        source.count(reason, spot.number)
        return
    seen.add(key)
    year = read_year(get_cell(work, "publication_year"), source, spot.row, "publication_year")
    authorships = get_objects(work, "authorships")
    actors = _find_actors(authorships, source, spot)
    field = get_text(get_object(get_object(work, "primary_topic"), "field"), "display_name")
    for actor in actors:
        store.add_actor(actor)
        store.add_part(Participation(key, actor.id, year, "paper", field))
    source.count("no-participant", spot.number, not actors)
    cut = work.get("is_authors_truncated") is True or len(authorships) == _LONGEST_LIST
    source.count("truncated", spot.number, cut)


def _find_actors(authorships: Sequence[Object], source: Source, spot: Spot) -> list[Actor]:
    """Return every institution of a work once."""
    actors: dict[str, Actor] = {}
    for authorship in authorships:
        institutions = {_short_id(found): found for found in get_objects(authorship, "institutions")}
        nameless = institutions.pop("", None)
        source.count("no-institution", spot.number, not institutions or nameless is not None)
        actors |= {key: _describe(key, found) for key, found in institutions.items() if key not in actors}
    return list(actors.values())


def _describe(key: str, found: Object) -> Actor:
    geo = get_object(found, "geo")
    names = get_object(get_object(found, "international"), "display_name")
    return Actor(
        id=key,
        name=get_text(found, "display_name") or key,
        name_zh=get_text(names, "zh-cn") or get_text(names, "zh"),
        kind=find_ror_kind(filter(None, [get_text(found, "type")])),
        lon=get_number(geo, "longitude"),
        lat=get_number(geo, "latitude"),
        country=get_text(found, "country_code").upper(),
        city=get_text(geo, "city"),
        ror=get_text(found, "ror").rpartition("/")[2],
    )


def _short_id(found: Object) -> str:
    return get_text(found, "id").rpartition("/")[2]
