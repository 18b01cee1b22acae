"""Weights from borders and distances."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from geodata.boundaries import read_boundaries
from geodata.contiguity import Rule, find_neighbours, measure_contiguity
from geodata.distances import measure_distances
from geodata.weights.normalisation import Normalisation, normalise_weights
from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study


def build_contiguity_weights(
    study: Study, *, rule: Rule = "queen", normalisation: Normalisation = "row", join_islands: bool = False
) -> pd.DataFrame:
    """Build weights of regions that share a border.

    Parameters
    ----------
    study
        The neighbours it states, else its polygons, see `geodata.find_neighbours`; ``rook`` needs polygons.
    rule
        ``queen``: a common corner is enough; ``rook``: a common line.
    normalisation
        See `normalise_weights`.
    join_islands
        Let a region without neighbours be the neighbour of the nearest region; `pair_islands` names these pairs.

    Returns
    -------
    DataFrame
        As of `normalise_weights`.

    Raises
    ------
    MethodError
        When the study knows neither neighbours nor polygons.

    Examples
    --------
    >>> from regionet import geodata, regions
    >>> weights = geodata.build_contiguity_weights(regions.load_study("china"), join_islands=True)
    >>> bool(weights.loc["110000", "120000"] > 0)  # Beijing and Tianjin
    True
    """
    touching = _find_touching(study, rule)
    pairs = [*touching, *(_pair_islands(study, touching) if join_islands else ())]
    codes = study.regions.index.astype(str)
    table = pd.DataFrame(0.0, index=codes, columns=codes)
    for first, second in pairs:
        table.loc[first, second] = table.loc[second, first] = 1.0
    return normalise_weights(table, method=normalisation)


def pair_islands(study: Study, *, rule: Rule = "queen") -> list[tuple[str, str]]:
    """Pair each region without neighbours with the region that is nearest to it.

    Parameters
    ----------
    study, rule
        As of `build_contiguity_weights`.

    Returns
    -------
    list
        Code of the island, code of the nearest region; in the order of the study.

    Raises
    ------
    MethodError
        When the study knows neither neighbours nor polygons.

    Examples
    --------
    >>> from regionet import geodata, regions
    >>> geodata.pair_islands(regions.load_study("china"))  # Hainan and Guangxi, by their capitals
    [('460000', '450000')]
    """
    return _pair_islands(study, _find_touching(study, rule))


def _find_touching(study: Study, rule: Rule) -> list[tuple[str, str]]:
    pairs = find_neighbours(study) if rule == "queen" else _find_rook(study)
    if pairs is None:
        raise MethodError(say("nearness/study-states-no", name=study.name))
    return list(zip(pairs["source"], pairs["target"], strict=True))


def _find_rook(study: Study) -> pd.DataFrame | None:
    boundaries = read_boundaries(study, tolerance=0)
    return None if boundaries is None else measure_contiguity(boundaries[boundaries["role"] == "unit"], rule="rook")


def _pair_islands(study: Study, touching: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    codes = study.regions.index.astype(str)
    alone: list[int] = np.flatnonzero(~codes.isin({code for pair in touching for code in pair})).tolist()
    if not alone:
        return []
    apart = measure_distances(study).to_numpy(copy=True)
    np.fill_diagonal(apart, np.inf)
    known = [place for place in alone if np.isfinite(apart[place]).any()]  # one without a point stays an island
    return [(codes[place], codes[int(np.nanargmin(apart[place]))]) for place in known]


def build_nearest_weights(distances: pd.DataFrame, *, k: int = 4, normalisation: Normalisation = "row") -> pd.DataFrame:
    """Build weights of the k nearest regions: 1 for each, whatever the distance.

    Parameters
    ----------
    distances
        (N, N) kilometres, see `geodata.measure_distances`.
    k
        How many; of regions equally far (to a metre) the first by code.
    normalisation
        See `normalise_weights`.

    Returns
    -------
    DataFrame
        As of `normalise_weights`; not symmetric. A region without a point is an island.

    Raises
    ------
    MethodError
        When k is not between 1 and the number of other regions.

    Examples
    --------
    >>> import pandas as pd
    >>> km = pd.DataFrame([[0, 100, 200], [100, 0, 400], [200, 400, 0.0]], index=list("abc"), columns=list("abc"))
    >>> build_nearest_weights(km, k=1).loc["a"].tolist()
    [0.0, 1.0, 0.0]
    """
    apart = _read_distances(distances)
    if not 1 <= k < len(apart):
        raise MethodError(f"k is between 1 and {len(apart) - 1}; got {k}")
    order = np.argsort(np.round(apart, 3), axis=1, kind="stable")[:, :k]
    values = np.zeros(apart.shape)
    np.put_along_axis(values, order, 1.0, axis=1)
    values[~np.isfinite(apart)] = 0.0
    return _finish(values, distances, normalisation)


def build_distance_weights(
    distances: pd.DataFrame, *, power: float = 1.0, cutoff: float | None = None, normalisation: Normalisation = "row"
) -> pd.DataFrame:
    r"""Build weights that fall with distance: :math:`w_{ij}=d_{ij}^{-a}` up to a cut-off, 0 beyond.

    Parameters
    ----------
    distances
        (N, N) kilometres; two regions at one point count as 1 km apart.
    power
        The power a > 0; 2 is gravity.
    cutoff
        Kilometres; None: no cut-off.
    normalisation
        See `normalise_weights`.

    Returns
    -------
    DataFrame
        As of `normalise_weights`; who has nobody within the cut-off is an island.

    Raises
    ------
    MethodError
        For a power or a cut-off that is not above 0, or a cut-off that leaves no pair.

    Examples
    --------
    >>> import pandas as pd
    >>> km = pd.DataFrame([[0, 100, 200], [100, 0, 400], [200, 400, 0.0]], index=list("abc"), columns=list("abc"))
    >>> build_distance_weights(km).loc["a"].round(3).tolist()  # rows sum to 1
    [0.0, 0.667, 0.333]
    """
    apart = _cut(distances, cutoff)
    if not power > 0:
        raise MethodError(f"the power of the distance must be above 0; got {power}")
    values = np.where(np.isfinite(apart), np.maximum(apart, 1.0) ** -power, 0.0)
    return _finish(values, distances, normalisation)


def build_decay_weights(
    distances: pd.DataFrame, *, half_life: float, cutoff: float | None = None, normalisation: Normalisation = "row"
) -> pd.DataFrame:
    r"""Build weights of exponential decay, :math:`w_{ij}=2^{-d_{ij}/h}=\exp(-\delta d_{ij})`, up to a cut-off.

    Only this form has a half-life, :math:`h=\ln 2/\delta`: a power halves over ever longer stretches.

    Parameters
    ----------
    distances
        (N, N) kilometres.
    half_life
        Kilometres over which a weight halves.
    cutoff
        Kilometres; None: no cut-off.
    normalisation
        See `normalise_weights`.

    Returns
    -------
    DataFrame
        As of `normalise_weights`.

    Raises
    ------
    MethodError
        For a half-life or a cut-off that is not above 0, or a cut-off that leaves no pair.

    Examples
    --------
    >>> import pandas as pd
    >>> km = pd.DataFrame([[0, 100, 200], [100, 0, 400], [200, 400, 0.0]], index=list("abc"), columns=list("abc"))
    >>> build_decay_weights(km, half_life=100, normalisation="none").loc["a"].round(3).tolist()
    [0.0, 0.5, 0.25]
    """
    if not half_life > 0:
        raise MethodError(f"the half-life must be above 0 km; got {half_life}")
    apart = _cut(distances, cutoff)
    values = np.where(np.isfinite(apart), 2.0 ** -(np.where(np.isfinite(apart), apart, 0.0) / half_life), 0.0)
    return _finish(values, distances, normalisation)


def _read_distances(distances: pd.DataFrame) -> Floats:
    """Return kilometres with infinity for what is unknown and for the way to oneself."""
    apart = distances.to_numpy(dtype=float, copy=True)
    apart[np.isnan(apart)] = np.inf
    np.fill_diagonal(apart, np.inf)
    return apart


def _cut(distances: pd.DataFrame, cutoff: float | None) -> Floats:
    if cutoff is not None and not cutoff > 0:
        raise MethodError(f"the cut-off must be above 0 km; got {cutoff}")
    apart = _read_distances(distances)
    if cutoff is not None:
        apart[apart > cutoff] = np.inf
    return apart


def _finish(values: Floats, like: pd.DataFrame, normalisation: Normalisation) -> pd.DataFrame:
    return normalise_weights(pd.DataFrame(values, index=like.index, columns=like.columns), method=normalisation)
