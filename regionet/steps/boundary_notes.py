"""What the boundaries of a study say against its points, against another layer and against the embedded one."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regions.messages import say
from regions.words import Words

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from regions.errors import Fault
    from regions.study import Study

_CHINESE = re.compile(r"^[1-9]\d{5}$")
_FEWEST = 3
_SHOWN = 5


def warn_boundaries(study: "Study", boundaries: "gpd.GeoDataFrame") -> "list[Fault]":
    """Warn of what is odd about boundaries from a file.

    Returns
    -------
    list of Fault
        ``W-SWAPPED`` when the points of the regions lie
        in them only with longitude and latitude exchanged; ``W-OFFSET`` when all polygons are shifted by some hundred
        metres against the second file, the points of the regions, or the embedded boundaries of China, whichever is
        the first to show it.
    """
    from geodata.datum_shift import find_shift, warn_shift

    shapes: pd.Series[Any] = boundaries.geometry
    file = Path(str(study.maps.boundaries)).name
    found = list(_warn_swapped(study, shapes, file))
    others = _find_others(Path(str(study.maps.boundaries)))
    for reference, name in _find_references(study, shapes, others):
        shift = find_shift(shapes, reference)
        if shift is not None:
            return [*found, warn_shift(shift, file, name)]
    return found


def warn_places(study: "Study") -> "list[Fault]":
    """Warn of the units whose point is not given: where their polygon stands in, and where nothing does.

    Returns
    -------
    list of Fault
        ``W-POINTS``: points inside polygons stand in; ``W-NOPOINT``: units without a place, which have no distance to
        others, so that no gap is looked for between them.
    """
    from geodata import find_points
    from regions.errors import Fault

    points = find_points(study)
    count, inside, lost = len(points), int(points["stands_in"].sum()), points.index[points["lon"].isna()]
    found = []
    if inside:
        found.append(Fault.of("regions", say("W-POINTS", inside=inside, count=count)))
    if len(lost):
        shown = ", ".join(lost[:_SHOWN]) + (", ..." if len(lost) > _SHOWN else "")
        found.append(Fault.of("regions", say("W-NOPOINT", lost=len(lost), count=count, shown=shown)))
    return found


def _warn_swapped(study: "Study", shapes: "pd.Series[Any]", file: str) -> "Iterator[Fault]":
    from geodata.datum_shift import find_swapped
    from regions.errors import Fault

    count = find_swapped(shapes, study.regions[["lon", "lat"]])
    if count:
        yield Fault.of(file, say("W-SWAPPED", count=count))


def _find_others(path: Path) -> list[Path]:
    from regions.folder_files import GEOMETRY

    return [path.parent / name for name in GEOMETRY if name != path.name and (path.parent / name).is_file()]


def _find_references(
    study: "Study", shapes: "pd.Series[Any]", others: list[Path]
) -> "Iterator[tuple[pd.Series[Any], Words]]":
    """Iterate over layers to compare with, each with its name; a faulty one is left out."""
    import pandas as pd
    import shapely

    from geodata.boundary_files.boundary_file import read_polygons
    from regions.errors import MissingExtraError, StudyError

    for other in others:
        try:
            yield read_polygons(other, codes=shapes.index).shapes, Words(other.name, f" {other.name} ")
        except StudyError:
            continue
    points = study.regions[["lon", "lat"]].dropna()
    places = [shapely.Point(lon, lat) for lon, lat in points.itertuples(index=False)]
    yield pd.Series(places, index=points.index, dtype=object), say("references/points").words
    if sum(bool(_CHINESE.match(code)) for code in shapes.index) < _FEWEST:
        return
    try:
        yield _read_china(), say("references/embedded").words
    except MissingExtraError:
        return


@cache
def _read_china() -> "pd.Series[Any]":
    """Read the provinces and prefectures of China, by code."""
    import pandas as pd

    from geodata.china import read_layer

    joined: pd.Series[Any] = pd.concat([read_layer("province"), read_layer("city")])
    return joined[~joined.index.duplicated()]
