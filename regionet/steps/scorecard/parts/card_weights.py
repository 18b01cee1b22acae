"""Who is whose neighbour in a scorecard."""

import pandas as pd

from geodata.distances import measure_distances
from geodata.weights.nearness import build_contiguity_weights, build_nearest_weights
from geodata.weights.normalisation import normalise_weights
from regions.errors import MethodError
from regions.study import Study
from regions.words import Words

_NEAREST = 4


def build_card_weights(study: Study) -> tuple[pd.DataFrame, Words]:
    """Return weights by borders, or by the four nearest where the study has no borders, and what they are called.

    Raises
    ------
    MethodError
        Where the study knows neither borders nor points.
    """
    try:
        weights = build_contiguity_weights(study, join_islands=True)
    except MethodError:
        near = build_nearest_weights(measure_distances(study), k=_NEAREST)
        return near, Words(f"the {_NEAREST} nearest, for want of borders", f"最近的 {_NEAREST} 个（因无邻接数据）")
    return normalise_weights(weights), Words("borders", "地区相邻")
