"""The ROR register of research organisations: actors with coordinates, from its dump in schema 1 or 2."""

from collections.abc import Sequence
from pathlib import Path

from regions.messages import say
from regions.sources.actor_kinds import find_ror_kind
from regions.sources.participation import Actor
from regions.sources.reading.json_objects import (
    Object,
    Spot,
    get_number,
    get_object,
    get_objects,
    get_text,
    get_texts,
    read_objects,
)
from regions.sources.reading.source_file import Source, read_all
from regions.sources.reading.store import Store


def read_ror(inputs: Sequence[Path], store: Store) -> None:
    """Read the organisations of a dump: actors only, no records.

    An organisation's place is its first location; how many have several is counted. Withdrawn entries are left out and
    counted; inactive ones are kept, since they took part in older records.

    Raises
    ------
    StudyError
        Text that is no JSON, and organisations without id or name.
    """

    def read(source: Source) -> None:
        for spot, found in read_objects(source.path):
            _add_organisation(found, spot, source, store)

    read_all([(path, read) for path in inputs], store)


def _add_organisation(found: Object, spot: Spot, source: Source, store: Store) -> None:
    key = get_text(found, "id").rpartition("/")[2]
    actor = _describe_second(key, found) if "names" in found else _describe_first(key, found)
    if not key or not actor.name:
        source.add_fault(say("E-MISSING/ror", number=spot.number), None, "name" if key else "id")
    elif get_text(found, "status").lower() == "withdrawn":
        source.count("withdrawn", spot.number)
    else:
        places = get_objects(found, "locations") or get_objects(found, "addresses")
        source.count("several-places", spot.number, len(places) > 1)
        store.add_actor(actor)


def _describe_second(key: str, found: Object) -> Actor:
    """Describe an organisation of schema 2: names with types and languages, locations with GeoNames details."""
    names = get_objects(found, "names")
    shown = next((get_text(name, "value") for name in names if "ror_display" in get_texts(name, "types")), "")
    chinese = next((get_text(name, "value") for name in names if _is_label(name, "zh")), "")
    first = next(iter(get_objects(found, "locations")), {})
    details = get_object(first, "geonames_details")
    return Actor(
        id=key,
        name=shown or next((get_text(name, "value") for name in names), ""),
        name_zh=chinese,
        kind=find_ror_kind(get_texts(found, "types")),
        lon=get_number(details, "lng"),
        lat=get_number(details, "lat"),
        country=get_text(details, "country_code").upper(),
        city=get_text(details, "name"),
        ror=key,
    )


def _is_label(name: Object, language: str) -> bool:
    return get_text(name, "lang") == language and "label" in get_texts(name, "types")


def _describe_first(key: str, found: Object) -> Actor:
    """Describe an organisation of schema 1: one name, labels, addresses with coordinates."""
    address = next(iter(get_objects(found, "addresses")), {})
    labels = get_objects(found, "labels")
    return Actor(
        id=key,
        name=get_text(found, "name"),
        name_zh=next((get_text(label, "label") for label in labels if get_text(label, "iso639") == "zh"), ""),
        kind=find_ror_kind(get_texts(found, "types")),
        lon=get_number(address, "lng"),
        lat=get_number(address, "lat"),
        country=get_text(get_object(found, "country"), "country_code").upper(),
        city=get_text(address, "city"),
        ror=key,
    )
