"""What a gravity model found, in a form that travels with the table of gaps and that every writer can write."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.expectation.model_sentences import describe_gaps, describe_model
from analysis.expectation.pairs import DroppedRegion
from regions.words import Words


@dataclass(frozen=True, slots=True)
class GradeCounts:
    """How a gap register came out.

    Attributes
    ----------
    below
        Pairs with less collaboration than expected.
    suggestive
        Pairs with p < .05.
    significant
        Pairs with q < .05.
    grades
        Number of pairs per evidence grade.
    """

    below: int
    suggestive: int
    significant: int
    grades: dict[str, int]


@dataclass(frozen=True, slots=True)
class CalibrationGroup:
    """Pairs of about the same expectation, and what was observed of them, as in `FitReport`.

    Attributes
    ----------
    pairs
        How many.
    expected, observed
        Means, in the weight of the network.
    low, high
        Where the observed mean should lie with 95 % probability.
    """

    pairs: int
    expected: float
    observed: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class GravityModel(dict[str, Any]):
    """What a gravity model found, without the pairs.

    It is a dict of plain values as well, so that a table that carries it in ``attrs`` can be written by every
    pandas writer; read back from Parquet, ``attrs["model"]`` is that dict. Treat it as read-only.

    Attributes
    ----------
    study
        Name of the study.
    regions, pairs
        Number of regions and of pairs fitted.
    directed
        Whether pairs are ordered.
    coefficients
        Index covariate; ``estimate`` b, its standard ``error`` by the model's own variance (see
        `analysis.loglinear.covariance.measure_model_errors`), ``low`` and ``high`` of the 95 % interval, ``percent`` =
        100 (e^b - 1): the change in expected collaboration per unit of the covariate.
    dispersion
        alpha of NB2, adjusted for the number of parameters; 0 is Poisson. Of a register of gaps it is that of the pairs
        that are not far too low (``analysis.loglinear.truncated_dispersion``), unless the options say otherwise.
    ratio_dispersion
        alpha of the gamma distribution of the true ratios of all pairs, gaps included, that shrunken ratios come from;
        the dispersion unless gaps were set aside.
    unit
        Weight of one link event.
    deviance, pseudo_r2
        Of the fit that gave the coefficients.
    parameters
        Number of free parameters, region effects included.
    family, effects
        See ``analysis.expectation.gravity_options.GravityOptions``.
    out_of_fold
        Whether each pair was expected from the other pairs alone.
    dropped
        Regions left out, with reasons.
    notes
        What else was left out or mended.
    specifications
        Names of the specifications behind the column ``stability``.
    tally
        How the gaps came out, once they were ranked.
    auc
        Probability that a linked pair is expected to have more than an unlinked one, once gaps were ranked; NaN before,
        or when all pairs are linked.
    calibration
        Expected and observed by group of pairs, the least expected first, once gaps were ranked.
    """

    study: str
    regions: int
    pairs: int
    directed: bool
    coefficients: pd.DataFrame
    dispersion: float
    unit: float
    deviance: float
    pseudo_r2: float
    parameters: int = 0
    family: str = "ppml"
    effects: str = "region"
    out_of_fold: bool = False
    dropped: tuple[DroppedRegion, ...] = ()
    notes: tuple[Words, ...] = ()
    specifications: tuple[str, ...] = ()
    tally: GradeCounts | None = None
    ratio_dispersion: float = np.nan
    auc: float = np.nan
    calibration: tuple[CalibrationGroup, ...] = ()

    def __post_init__(self) -> None:
        """Fill the dict with what JSON can hold."""
        self.update({item.name: _simplify(getattr(self, item.name)) for item in fields(self)})

    def __deepcopy__(self, memo: dict[int, object]) -> "GravityModel":
        """Return itself: pandas copies ``attrs`` at every step, and a frozen summary needs no copy."""
        return self

    def describe(self, language: str = "en") -> str:
        """Return one paragraph in ``zh`` or ``en``: data, elasticity, dispersion, what was dropped, how many gaps."""
        text = describe_model(self, language)
        return text if self.tally is None else text + ("" if language == "zh" else " ") + describe_gaps(self, language)


def _simplify(value: object) -> Any:  # noqa: ANN401 - any JSON value
    """Turn a value into numbers, texts, lists and dicts; what is not finite becomes None, as JSON has no NaN."""
    if isinstance(value, pd.DataFrame):
        columns = [value[name].tolist() for name in value]
        rows = (dict(zip(value, row, strict=True)) for row in zip(*columns, strict=True))
        return {str(name): _simplify(row) for name, row in zip(value.index, rows, strict=True)}
    if isinstance(value, Words):
        value = value._asdict()
    if isinstance(value, Mapping):
        return {str(name): _simplify(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_simplify(item) for item in value]
    if isinstance(value, (DroppedRegion, GradeCounts, CalibrationGroup)):
        return _simplify_region(value) if isinstance(value, DroppedRegion) else _list_fields(value)
    if isinstance(value, (float, np.floating)):
        return float(value) if np.isfinite(value) else None
    return value


@lru_cache(maxsize=4096)
def _simplify_region(region: DroppedRegion) -> dict[str, Any]:
    """Turn a region into a dict once: every step of a fit, and every specification, names the same ones."""
    return _list_fields(region)


def _list_fields(part: DroppedRegion | GradeCounts | CalibrationGroup) -> dict[str, Any]:
    return {item.name: _simplify(getattr(part, item.name)) for item in fields(part)}
