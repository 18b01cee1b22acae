"""Draws of how many links two regions should get: the gravity model's expectation, and what is believed of the pair."""

from collections.abc import Sequence

import numpy as np

from analysis.expectation.gravity import GravityFit
from regions.arrays import Floats, Integers

DRAWS = 2000
_LEVELS = (0.025, 0.975)


class LinkDraws:
    """Draws for each pair of regions that a model knows, made when first asked for.

    One object serves all chains of a study: the draws do not depend on the chain.

    Parameters
    ----------
    fit
        From `analysis.fit_expectation`.
    seed
        Of the draws; those of a pair do not depend on which pairs were asked for before.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> study = regions.load_study("france")
    >>> fit = analysis.fit_expectation(study, analysis.build_network(study), geodata.measure_distances(study))
    >>> draws = LinkDraws(fit)
    >>> pair = fit.table["source"].iloc[0], fit.table["target"].iloc[0]
    >>> draws.find(*pair), draws.draw([0]).shape, draws.find("nowhere", pair[0])
    (0, (1, 2000), -1)
    """

    def __init__(self, fit: GravityFit, *, seed: int = 0) -> None:
        table = fit.table
        self._at: dict[tuple[str, str], int] = {}
        for place, (source, target) in enumerate(zip(table["source"], table["target"], strict=True)):
            self._at[source, target] = place
            self._at.setdefault((target, source), place)
        unit, alpha = fit.model.unit, fit.model.ratio_dispersion
        self._observed = table["observed"].to_numpy(dtype=float) / unit
        self._log = np.log(table["expected"].to_numpy(dtype=float) / unit)
        self._error = table["linear_error"].to_numpy(dtype=float)
        self._shape = min(1 / alpha, 1e8) if alpha > 0 else 1e8
        self._seed = seed
        self._drawn: dict[int, Floats] = {}
        self._ordered: dict[int, Floats] = {}

    def find(self, region: str, other: str) -> int:
        """Return the place of a pair, in either direction; -1 for one that the model does not know."""
        return self._at.get((region, other), -1)

    def draw(self, places: Sequence[int]) -> Floats:
        """Return (pairs, `DRAWS`) links."""
        return np.array([self._draw(at) for at in places]).reshape(len(places), DRAWS)

    def order(self, places: Sequence[int]) -> Floats:
        """Return (pairs, 4): of each pair's draws the two around the lower end of the interval, and around the upper.

        What grows with the number of links has its interval between the same draws: see `bound_interval`.
        """
        for at in places:
            if at not in self._ordered:
                self._ordered[at] = np.sort(self._draw(at))[_list_around()]
        return np.array([self._ordered[at] for at in places]).reshape(len(places), 4)

    def _draw(self, at: int) -> Floats:
        if at not in self._drawn:
            rng = np.random.default_rng([self._seed, at])
            mean = np.exp(self._log[at] + self._error[at] * rng.standard_normal(DRAWS))
            self._drawn[at] = rng.gamma(self._shape + self._observed[at], 1 / (self._shape + mean)) * mean
        return self._drawn[at]


def bound_interval(around: Floats) -> tuple[Floats, Floats]:
    """Return the ends of the 95 % interval of the values of the draws that `LinkDraws.order` gives.

    They are the quantiles of all draws, linearly interpolated.

    Parameters
    ----------
    around
        (pairs, 4), ascending in each row.

    Examples
    --------
    >>> bound_interval(np.array([[0.0, 40.0, 100.0, 140.0]]))
    (array([39.]), array([101.]))
    """
    low, high = ((DRAWS - 1) * level % 1 for level in _LEVELS)
    lower, upper = around[:, 1] - around[:, 0], around[:, 3] - around[:, 2]
    return around[:, 1] - lower * (1 - low), around[:, 2] + upper * high


def _list_around() -> Integers:
    first = [int((DRAWS - 1) * level) for level in _LEVELS]
    return np.array([first[0], first[0] + 1, first[1], first[1] + 1])
