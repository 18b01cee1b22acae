"""Place actors that have coordinates and no region in the regions of a study.

``locate_in_study`` is the hook for the reader of studies: it may not know geometry itself.
"""

from typing import TYPE_CHECKING

from regions.messages import say

if TYPE_CHECKING:
    import pandas as pd

    from regions.sources.reading.regions_of_actors import Place
    from regions.study import Study


def locate_in_study(study: "Study", actors: "pd.DataFrame", *, tolerance_km: float = 5.0) -> "pd.DataFrame":
    """Place actors by the boundaries of a study.

    Parameters
    ----------
    study
        Its ``maps.boundaries`` name the polygons; regions around the units count too.
    actors
        Index ``id``; ``lon``, ``lat`` (degrees, EPSG:4326), and ``region`` where it is known.
    tolerance_km
        See ``geodata.locate.locate_actors``.

    Returns
    -------
    DataFrame
        Index ``id``; ``region``, ``distance`` (km), ``how``.

    Raises
    ------
    MethodError
        The study has no boundaries.
    """
    from geodata import read_boundaries
    from geodata.locate import locate_actors
    from regions.errors import MethodError

    boundaries = read_boundaries(study)
    if boundaries is None:
        raise MethodError(say("actors/no-boundaries", study=study.name))
    return locate_actors(actors, boundaries, tolerance_km=tolerance_km)


def build_place(study: "Study") -> "Place":
    """Return the function that finds the regions of converted actors: by coordinates, else by the name given.

    A name or code that is no region of the study, or is that of a region above its units, counts as unknown.
    """
    from regions.frames.name_index import build_name_index

    index = _all_names(study)
    names = build_name_index(index, study.regions.index)

    def place(actors: "pd.DataFrame") -> "pd.Series[str]":
        import pandas as pd

        by_point = locate_in_study(study, actors[["lon", "lat"]].astype(float))["region"]
        found = {word: names.find(word) for word in actors["region"].unique() if word}
        codes = {word: match[0] for word, match in found.items() if len(match) == 1 and match[0] in study.unit_of.index}
        by_name = actors["region"].map(lambda word: codes.get(word, ""))
        return pd.Series(by_point.where(by_point != "", by_name), index=actors.index)

    return place


def _all_names(study: "Study") -> "pd.DataFrame":
    import pandas as pd

    return pd.concat([study.regions, study.surroundings]).rename_axis("code").reset_index().fillna({"alias": ""})
