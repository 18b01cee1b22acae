"""What an adapter hands on: actors and participations."""

from typing import NamedTuple

Level = str
"""``country``, ``city``, ``nuts1``, ``nuts2``, ``nuts3`` or ``given``."""

LEVELS = ("country", "city", "nuts1", "nuts2", "nuts3", "given")


class Actor(NamedTuple):
    """An actor as a source describes it; an empty cell is "", an unknown coordinate None.

    ``lon`` and ``lat`` are degrees, EPSG:4326.
    """

    id: str
    name: str = ""
    name_zh: str = ""
    kind: str = "other"
    region: str = ""
    lon: float | None = None
    lat: float | None = None
    country: str = ""
    city: str = ""
    nuts: str = ""
    ror: str = ""

    def at_level(self, level: Level) -> str:
        """Return the region that the description names at ``level``; "" when it does not go so far.

        A NUTS code is two letters of the country and one character for each level.
        """
        if level == "given":
            return self.region
        if level in {"country", "city"}:
            return self.country if level == "country" else self.city
        length = 2 + int(level.removeprefix("nuts"))
        return self.nuts[:length] if len(self.nuts) >= length else ""


class Participation(NamedTuple):
    """An actor's part in a record; ``year`` None when the source has none, ``role`` "" where it tells none."""

    record: str
    actor: str
    year: int | None = None
    kind: str = ""
    field: str = ""
    role: str = ""


def is_on_earth(lon: float | None, lat: float | None) -> bool:
    """Tell whether a pair is a place; 0, 0 is what sources write when they know none."""
    if lon is None or lat is None or (lon, lat) == (0.0, 0.0):
        return False
    return -180 <= lon <= 180 and -90 <= lat <= 90  # noqa: PLR2004 - degrees
