"""Every W by every model: in how many of them a finding holds."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import get_args

import pandas as pd

from analysis.loglinear.threads import use_one_thread
from analysis.spatial.demeaning import Correction, Effects
from analysis.spatial.model_kinds import Model
from analysis.spatial.spatial_fit import SpatialFit, fit_spatial
from geodata.weights.spatial_weights import AnyWeights
from regions.errors import MethodError
from regions.words import Words

LARGE_MAJORITY = 0.8
"""Share of combinations of W and model from which a finding is called robust."""

FEW = 0.2
"""Share of combinations up to which a sign says nothing at all."""

SPILLING: tuple[Model, ...] = ("slx", "sar", "sdm", "sdem")
"""Models that can have an indirect impact at all."""

MODELS: tuple[Model, ...] = get_args(Model)
"""All six."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Specification:
    """What is explained by what.

    Attributes
    ----------
    y, x, effects, correction
        As for `analysis.fit_spatial`.
    """

    y: str
    x: tuple[str, ...]
    effects: Effects = "both"
    correction: Correction | None = "lee-yu"

    def fit(self, panel: pd.DataFrame, weights: AnyWeights, model: Model) -> SpatialFit:
        """Fit one model under one W."""
        return fit_spatial(
            panel, weights, y=self.y, x=self.x, model=model, effects=self.effects, correction=self.correction
        )


@dataclass(frozen=True, slots=True, eq=False)
class ModelGrid:
    """Fits under every W and every model.

    Attributes
    ----------
    fits
        (weights, model) -> fit; also one whose rho is not stable, so that it has no impacts.
    models
        ``weights``, ``model``, ``effects``, ``rho``, ``low``, ``high`` (95 %, of rho; empty without one), ``n``,
        ``loglik``, ``aic``, ``bic``, ``sigma2``.
    impacts
        ``weights``, ``model``, ``variable``, ``effect``, ``estimate``, ``low``, ``high``.
    failed
        (weights, model) -> why there is no fit, or why there are no impacts.
    """

    fits: Mapping[tuple[str, Model], SpatialFit]
    models: pd.DataFrame
    impacts: pd.DataFrame
    failed: Mapping[tuple[str, Model], MethodError]

    def list_stable(self, model: Model) -> dict[str, SpatialFit]:
        """Return the fits of one model that have impacts, by the name of the W."""
        return {name: fit for (name, of), fit in self.fits.items() if of == model and (name, of) not in self.failed}


@use_one_thread
def fit_grid(
    panel: pd.DataFrame,
    weights: Mapping[str, AnyWeights],
    asked: Specification,
    *,
    models: Iterable[Model] = MODELS,
    draws: int = 1_000,
    seed: int = 0,
    progress: Progress | None = None,
) -> ModelGrid:
    """Fit every model under every W.

    Parameters
    ----------
    panel
        As for `analysis.fit_spatial`.
    weights
        Name -> weights on the same regions.
    asked
        What is explained by what.
    models
        Names of models.
    draws, seed
        Of the impacts; the same for all.
    progress
        Told the finished and all fits.

    Raises
    ------
    MethodError
        When the panel is wrong, or no combination can be fitted: the first reason is given.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> study = regions.load_study("china")
    >>> w = geodata.build_contiguity_weights(study, join_islands=True)
    >>> panel = analysis.simulate_spatial_panel(w, rho=0.4)
    >>> asked = Specification("y", ("x",))
    >>> far = geodata.build_nearest_weights(geodata.measure_distances(study))
    >>> grid = fit_grid(panel, {"borders": w, "nearest": far}, asked, models=["sar", "slx"], draws=100)
    >>> len(grid.models)
    4
    """
    pairs = [(name, model) for name in weights for model in models]
    fits: dict[tuple[str, Model], SpatialFit] = {}
    failed: dict[tuple[str, Model], MethodError] = {}
    impacts: list[pd.DataFrame] = []
    for count, (name, model) in enumerate(pairs, start=1):
        try:
            fits[name, model] = asked.fit(panel, weights[name], model)
            found = fits[name, model].impacts(draws=draws, seed=seed)
        except MethodError as error:
            failed[name, model] = error
        else:
            found.insert(0, "weights", name)
            found.insert(1, "model", model)
            impacts.append(found)
        if progress is not None:
            progress(count, len(pairs))
    if not impacts:
        raise next(iter(failed.values()), MethodError("there are no weights, or no models, to fit"))
    stacked = pd.concat(impacts, ignore_index=True)
    return ModelGrid(MappingProxyType(fits), _list_models(fits), stacked, MappingProxyType(failed))


def _list_models(fits: Mapping[tuple[str, Model], SpatialFit]) -> pd.DataFrame:
    rows = []
    for (name, model), fit in fits.items():
        ends = fit.table[["low", "high"]].iloc[-1].tolist() if fit.rho is not None else [None, None]
        row = {"weights": name, "model": model, "effects": fit.effects, "rho": fit.rho, "low": ends[0], "high": ends[1]}
        rows.append({**row, "n": fit.n, "loglik": fit.loglik, "aic": fit.aic, "bic": fit.bic, "sigma2": fit.sigma2})
    return pd.DataFrame(rows).astype({"rho": float, "low": float, "high": float})


@dataclass(frozen=True, slots=True)
class Verdict:
    """In how many combinations of W and model an indirect impact is clear.

    Attributes
    ----------
    variable
        What has the impact.
    positive, negative
        Combinations whose interval lies above, below 0.
    total
        Combinations of a W and a model that can have an indirect impact.
    robust
        ``positive``, ``negative``, or "" where no sign holds in the large majority.
    above
        Combinations whose estimate is above 0.
    """

    variable: str
    positive: int
    negative: int
    total: int
    robust: str
    above: int

    def describe(self, variable: Words) -> Words:
        """Return the sentence, given what the variable is called."""
        clear = self.positive + self.negative
        some = max(self.positive, self.negative) > FEW * self.total
        hangs = Words("not robust: it hangs on the weights and the model", "不稳健：取决于权重与模型")
        end, end_zh = {
            "positive": ("robustly positive", "稳健为正"),
            "negative": ("robustly negative", "稳健为负"),
            "": hangs if some else ("not robust: these data cannot tell it", "不稳健：这些数据无法判断"),
        }[self.robust]
        return Words(
            f"Spillover of {variable.en} to other regions: {self.total} estimates (weights by models), {self.above} of "
            f"them positive; {clear} intervals (95 %) leave 0 out, {self.positive} above and {self.negative} below it. "
            f"It is {end}.",
            f"“{variable.zh}”对其他地区的溢出：{self.total} 组估计（权重×模型）中 {self.above} 组为正，{clear} 组"
            f"区间（95%）不含 0（为正 {self.positive}、为负 {self.negative}）。结论{end_zh}。",
        )


def judge_grid(grid: ModelGrid, variable: str) -> Verdict:
    """Say in how many combinations the indirect impact of a variable has a clear sign.

    A finding is robust when one sign is clear in at least 80 % of the combinations; those that could not be fitted
    count as unclear.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> study = regions.load_study("china")
    >>> w = geodata.build_contiguity_weights(study, join_islands=True)
    >>> panel = analysis.simulate_spatial_panel(w, rho=0.4)
    >>> asked = Specification("y", ("x",))
    >>> far = geodata.build_nearest_weights(geodata.measure_distances(study))
    >>> grid = fit_grid(panel, {"borders": w, "nearest": far}, asked, models=["sar", "slx"], draws=100)
    >>> found = judge_grid(grid, "x")
    >>> (found.robust, found.positive, found.total)
    ('positive', 4, 4)
    """
    of_variable = (grid.impacts["variable"] == variable) & (grid.impacts["effect"] == "indirect")
    rows = grid.impacts[of_variable & grid.impacts["model"].isin(SPILLING)]
    total = len(rows) + sum(model in SPILLING for _, model in grid.failed)
    positive, negative = int((rows["low"] > 0).sum()), int((rows["high"] < 0).sum())
    robust = ""
    if total and max(positive, negative) >= LARGE_MAJORITY * total:
        robust = "positive" if positive > negative else "negative"
    return Verdict(variable, positive, negative, total, robust, int((rows["estimate"] > 0).sum()))
