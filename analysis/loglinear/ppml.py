"""Poisson pseudo-maximum likelihood with region effects (Santos Silva & Tenreyro 2006, doi:10.1162/rest.88.4.641)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.special import gammaln

from analysis.loglinear.covariance import measure_clustered, measure_robust
from analysis.loglinear.effects import Effect, EffectLayout, build_layout, find_present, find_redundant
from analysis.loglinear.irls import Design, Mean, fit_mean, take_out_effects
from analysis.loglinear.separation import find_identified, find_separated
from analysis.loglinear.threads import use_one_thread
from regions.arrays import Booleans, Floats, Positions
from regions.errors import MethodError
from regions.messages import say


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that could not be estimated.

    Attributes
    ----------
    kind
        ``level`` (a region effect), ``covariate`` or ``observations``.
    name
        Which: ``effect:level``, the covariate, or how many observations.
    reason
        ``all zero``, ``separated``, ``collinear`` or ``constant``.
    """

    kind: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class PoissonFit:
    """A fitted Poisson (or NB2) regression with region effects.

    Attributes
    ----------
    names
        (k,) covariates that were kept.
    coefficients
        (k,) semi-elasticities, or elasticities of covariates in logarithms.
    covariance
        (k, k) heteroscedasticity-robust (HC1): sum s s' between two bread slices, times n / (n - parameters).
    clustered
        (k, k) dyadic-cluster-robust covariance, when the ends of the pairs were given; else None.
    effects
        One (L,) array per effect; NaN where the level was dropped. Only differences within a connected set of
        regions are identified: redundant levels are zero.
    fitted
        (n,) expectation of every observation; 0 where it is separated.
    used
        (n,) whether the observation entered.
    deviance
        Poisson or NB2 deviance over the used observations.
    pseudo_r2
        1 - log-likelihood / log-likelihood with a constant only (McFadden).
    n
        Number of observations used.
    parameters
        Number of free parameters, region effects included.
    dropped
        What could not be estimated.
    design, mean
        The identified design and the converged mean, for further inference.
    """

    names: tuple[str, ...]
    coefficients: Floats
    covariance: Floats
    clustered: Floats | None
    effects: tuple[Floats, ...]
    fitted: Floats
    used: Booleans
    deviance: float
    pseudo_r2: float
    n: int
    parameters: int
    dropped: tuple[Dropped, ...]
    design: Design
    mean: Mean

    @property
    def errors(self) -> Floats:
        """(k,) HC1 standard errors."""
        return np.sqrt(self.covariance.diagonal())


@dataclass(frozen=True, slots=True, eq=False)
class Identified:
    """An identified design, and what had to go for it."""

    design: Design
    used: Booleans
    kept: Booleans
    dropped: tuple[Dropped, ...]


@use_one_thread
def fit_ppml(
    y: Floats,
    x: Floats,
    effects: Sequence[Effect] = (),
    *,
    names: Sequence[str] = (),
    offset: Floats | None = None,
    pairs: tuple[Positions, Positions] | None = None,
) -> PoissonFit:
    """Fit E[y] = exp(x b + effects + offset) by Poisson pseudo-maximum likelihood.

    Only the mean has to be right; y need not be a count. Zeros belong in. Separated zeros and regions with no
    link are dropped and named; of collinear covariates the earlier stays and the later are dropped and named.

    Parameters
    ----------
    y
        (n,) outcome, finite and >= 0.
    x
        (n, k) covariates, finite; add a column of ones when there are no effects.
    effects
        Families of region effects, one-way or symmetric.
    names
        (k,) names of the covariates; ``x0`` .. when empty.
    offset
        (n,) added to the linear predictor; 0 when None.
    pairs
        (n,), (n,) regions at both ends, for the dyadic-cluster-robust covariance.

    Raises
    ------
    MethodError
        When shapes differ, values are not finite or negative, every outcome is zero, or Newton's method does
        not converge.

    References
    ----------
    Santos Silva & Tenreyro (2006), The log of gravity, doi:10.1162/rest.88.4.641. Correia, Guimaraes & Zylkin
    (2020), Fast Poisson estimation with high-dimensional fixed effects, doi:10.1177/1536867X20909691.

    Examples
    --------
    >>> y = np.array([1.0, 4.0, 2.0, 6.0])
    >>> x = np.column_stack([np.ones(4), [0.0, 1.0, 0.0, 1.0]])
    >>> fit_ppml(y, x, names=["constant", "treated"]).coefficients.round(3).tolist()  # ln 1.5, ln 5 - ln 1.5
    [0.405, 1.204]
    """
    found = identify_design(y, x, effects, names=names, offset=offset)
    mean = fit_mean(found.design)
    return build_fit(found, mean, names=names, pairs=pairs)


def identify_design(
    y: Floats,
    x: Floats,
    effects: Sequence[Effect],
    *,
    names: Sequence[str] = (),
    offset: Floats | None = None,
) -> Identified:
    """Check the data and reduce them to what can be estimated; parameters and errors as in ``fit_ppml``."""
    rows = np.ascontiguousarray(np.asarray(x, dtype=float).T)
    y = np.asarray(y, dtype=float)
    shift = np.zeros(len(y)) if offset is None else np.asarray(offset, dtype=float)
    names = _check(y, rows, names, shift)
    layout = build_layout(effects, len(y))
    linked = layout.sums(y[None])[0] > 0
    present = find_present(layout)
    used = linked[layout.columns].all(axis=0)
    inner, columns = _select(layout, rows, used)
    pinned, kept = _identify(columns, inner)
    lost = find_separated(y[used], columns, inner, rank=int((~pinned).sum() + kept.sum()))
    separated = np.zeros_like(used)
    separated[used] = lost
    if lost.any():
        used &= ~separated
        inner, columns = _select(layout, rows, used)
        pinned, kept = _identify(columns, inner)
    gone = linked & ~find_present(inner)
    dropped = (
        *(Dropped("level", name, "all zero") for name in _name_levels(effects, layout, present & ~linked)),
        *(Dropped("level", name, "separated") for name in _name_levels(effects, layout, gone)),
        *([Dropped("observations", str(int(separated.sum())), "separated")] if separated.any() else []),
        *(
            Dropped("covariate", name, "constant" if np.ptp(column) == 0 else "collinear")
            for name, keep, column in zip(names, kept, columns, strict=True)
            if not keep
        ),
    )
    design = Design(y[used], columns if kept.all() else columns[kept], inner, pinned, shift[used])
    return Identified(design, used, kept, dropped)


def build_fit(
    found: Identified,
    mean: Mean,
    *,
    names: Sequence[str] = (),
    pairs: tuple[Positions, Positions] | None = None,
    alpha: float = 0.0,
) -> PoissonFit:
    """Gather the results of a converged mean; parameters as in ``fit_ppml``, ``alpha`` the NB2 dispersion."""
    design, used = found.design, found.used
    labels = tuple(names) or tuple(f"x{i}" for i in range(len(found.kept)))
    mu = np.exp(mean.eta)
    residual_x, bread = take_out_effects(design, mean.eta, alpha=alpha)
    scores = residual_x * ((design.y - mu) / (1 + alpha * mu))
    fitted = np.zeros(len(used))
    fitted[used] = mu
    ends = None if pairs is None else (pairs[0][used], pairs[1][used])
    return PoissonFit(
        names=tuple(name for name, keep in zip(labels, found.kept, strict=True) if keep),
        coefficients=mean.coefficients,
        covariance=measure_robust(bread, scores, design.parameters),
        clustered=None if ends is None else measure_clustered(bread, scores, ends),
        effects=_split_effects(mean.effects, design.layout),
        fitted=fitted,
        used=used,
        deviance=mean.deviance,
        pseudo_r2=_measure_pseudo_r2(design.y, mean.eta),
        n=len(design.y),
        parameters=design.parameters,
        dropped=found.dropped,
        design=design,
        mean=mean,
    )


def _check(y: Floats, rows: Floats, names: Sequence[str], offset: Floats) -> tuple[str, ...]:
    labels = tuple(names) or tuple(f"x{i}" for i in range(len(rows)))
    if y.ndim != 1 or rows.shape[1:] != y.shape or offset.shape != y.shape or len(labels) != len(rows):
        raise MethodError(
            f"y {y.shape}, x {rows.T.shape}, offset {offset.shape} and {len(labels)} names do not fit together"
        )
    if not (np.isfinite(y).all() and (y >= 0).all()):
        raise MethodError(
            f"the outcome must be finite and >= 0; {int((~(y >= 0)).sum())} values are negative or missing"
        )
    bad = [label for label, row in zip(labels, rows, strict=True) if not np.isfinite(row).all()]
    if bad or not np.isfinite(offset).all():
        raise MethodError(f"missing or infinite values in {', '.join(bad) or 'the offset'}")
    if not (y > 0).any():
        raise MethodError(say("fit/all-zero"))
    return labels


def _select(layout: EffectLayout, rows: Floats, used: Booleans) -> tuple[EffectLayout, Floats]:
    return (layout, rows) if used.all() else (layout.subset(used), np.ascontiguousarray(rows[:, used]))


def _identify(rows: Floats, layout: EffectLayout) -> tuple[Booleans, Booleans]:
    weights = np.ones(rows.shape[1])
    pinned = find_redundant(layout, weights)
    return pinned, find_identified(rows, layout, weights, pinned)


def _name_levels(effects: Sequence[Effect], layout: EffectLayout, empty: Booleans) -> list[str]:
    return [
        f"{effect.name}:{effect.labels[level] if effect.labels else level}"
        for effect, start in zip(effects, layout.starts, strict=False)
        for level in np.flatnonzero(empty[start : start + effect.levels])
    ]


def _split_effects(values: Floats, layout: EffectLayout) -> tuple[Floats, ...]:
    named = np.where(find_present(layout), values, np.nan)
    return tuple(named[start:end] for start, end in pairwise(layout.starts))


def _measure_pseudo_r2(y: Floats, eta: Floats) -> float:
    """McFadden's measure with the Poisson likelihood; ln y! extends to fractions by the gamma function."""
    constant = float(gammaln(y + 1).sum())
    likelihood = float(y @ eta - np.exp(eta).sum()) - constant
    null = float(y.sum() * np.log(y.mean()) - y.sum()) - constant
    return 1 - likelihood / null if null else float("nan")
