"""Place actors that have coordinates and no region in the regions of a study.

``locate_in_study`` is the hook for the reader of studies: it may not know geometry itself.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

from regions.messages import say
from regions.sources.nuts_editions import find_nuts2

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from regions.sources.reading.regions_of_actors import Place
    from regions.study import Study

_NUTS = re.compile(r"[A-Z]{2}[0-9A-Z]{2,3}$")


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
    """Return the function that finds the regions of converted actors and says how it found each.

    By its coordinates (``point``) where the study has boundaries, else by the name or code given (``name``), by a NUTS
    code of another edition (``edition``), or where the study has an actor of that number (``actor``: CORDIS gave no
    place before 2021). What is left lies in a country that the study does not cover (``outside``) or nowhere ("").
    A name or code that is no region of the study, or is that of a region above its units, counts as unknown.
    """
    names = _find_names(study)
    seats = _find_seats(study)
    countries = {code[:2] for code in study.regions.index}

    def find(actor: "pd.Series[str]") -> tuple[str, str]:
        word, nuts = actor["region"], actor["nuts"]
        steps = {
            "name": names(word) if word else "",
            "edition": find_nuts2(nuts or word, study.unit_of.index) if _NUTS.match(nuts or word) else "",
            "actor": seats.get(str(actor.name)) or seats.get(f"pic{actor.name}", ""),
        }
        how = next((how for how, region in steps.items() if region), "")
        nuts_study = bool(how) or not actor["country"] or not _NUTS.match(study.regions.index[0])
        outside = not nuts_study and actor["country"] not in countries
        return steps.get(how, ""), "outside" if outside else how

    def place(actors: "pd.DataFrame") -> "pd.DataFrame":
        import pandas as pd

        texts = actors.reindex(columns=["region", "nuts", "country"], fill_value="")
        found = pd.DataFrame([find(row) for _, row in texts.iterrows()], index=actors.index, columns=["region", "how"])
        return _put_points_first(study, actors, found)

    return place


def _put_points_first(study: "Study", actors: "pd.DataFrame", found: "pd.DataFrame") -> "pd.DataFrame":
    from geodata import read_boundaries

    points = actors[["lon", "lat"]].astype(float)
    if read_boundaries(study) is None and ((found["region"] != "").any() or points.isna().all(axis=None)):
        return found  # a study of points: names and codes alone
    by_point = locate_in_study(study, points)["region"]
    return found.mask(by_point != "", by_point.rename("region").to_frame().assign(how="point"))


def _find_names(study: "Study") -> "Callable[[str], str]":
    from regions.frames.name_index import build_name_index

    index = build_name_index(_all_names(study), study.regions.index)

    @cache
    def find(word: str) -> str:
        match = index.find(word)
        return match[0] if len(match) == 1 and match[0] in study.unit_of.index else ""

    return find


def _find_seats(study: "Study") -> "Mapping[str, str]":
    actors = study.actors
    if actors is None or "region" not in actors:
        return {}
    placed = actors[actors["region"].notna() & (actors["region"] != "")]
    return dict(zip(placed.get("id", placed.index), placed["region"], strict=True))


def _all_names(study: "Study") -> "pd.DataFrame":
    import pandas as pd

    return pd.concat([study.regions, study.surroundings]).rename_axis("code").reset_index().fillna({"alias": ""})
