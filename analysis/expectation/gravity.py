"""The gravity model of collaboration: how much to expect between two regions.

E[c_ij] = exp(a_i + a_j + b'x_ij) over unordered pairs, or exp(a_i + g_j + b'x_ij) over ordered ones, by PPML or NB2.
The effects hold all that is special to a region (size, research strength, field), so covariates of single
regions have no place beside them; x holds ln distance, contiguity, borders and what else may stand between the two.
Masses can take the place of the effects. Var[c_ij] = u (mu +
alpha mu^2) in units u of one link event.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import ndtri

from analysis.expectation.gravity_options import GravityOptions
from analysis.expectation.masses import read_masses
from analysis.expectation.model import GravityModel
from analysis.expectation.pairs import NO_LINKS, DroppedRegion, Pairs, build_pairs
from analysis.loglinear.covariance import measure_model_errors
from analysis.loglinear.effects import Effect
from analysis.loglinear.irls import Design
from analysis.loglinear.leave_one_out import Expectation, measure_expectation
from analysis.loglinear.nb2_dispersion import estimate_dispersion, fit_nb2
from analysis.loglinear.ppml import PoissonFit, fit_ppml
from analysis.networks.pair_index import index_pairs
from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.words import Words

if TYPE_CHECKING:
    import networkx as nx


CONSTANT = "constant"
_FEWEST = 2
_THIN = 4


@dataclass(frozen=True, slots=True, eq=False)
class GravityFit:
    """A fitted gravity model and its pairs.

    Attributes
    ----------
    model
        The findings.
    table
        One row per fitted pair, index (source, target): ``source``, ``target``, ``observed``, ``expected`` (both in the
        weight of the network; from the other pairs alone unless ``options.out_of_fold`` is False), ``distance_km`` and
        the covariates, ``linear_error`` (standard error of ln expected), ``leverage``, ``fitted`` (the expectation in
        which the pair takes part). Pairs whose expectation the model drives to zero are left out.
    covariates
        Columns of ``table`` that entered the model.
    regression
        The fit on pseudo-counts (observed / unit).
    options
        What was asked for.
    design
        The identified design of all rows of ``table``; that of ``regression`` unless pairs were set aside.
    """

    model: GravityModel
    table: pd.DataFrame
    covariates: tuple[str, ...]
    regression: PoissonFit
    options: GravityOptions
    design: Design


def fit_gravity(
    study: Study, network: "nx.Graph", distances: pd.DataFrame, *, options: GravityOptions | None = None
) -> GravityFit:
    """Fit the gravity model of an observed network.

    Parameters
    ----------
    study
        Gives names, borders and contiguity.
    network
        Observed collaboration; undirected gives symmetric region effects, directed gives source and target
        effects.
    distances
        N x N km.
    options
        Family, effects, covariates; the defaults when None.

    Returns
    -------
    GravityFit
        Regions without links or location are dropped and named; so are covariates that add nothing.

    Raises
    ------
    MethodError
        When the network is modelled (circular), or there are too few regions with links, or no more pairs
        than parameters.

    References
    ----------
    Santos Silva & Tenreyro (2006), doi:10.1162/rest.88.4.641; Scherngell & Barber (2009), Spatial interaction
    modelling of cross-region R&D collaborations, doi:10.1111/j.1435-5957.2008.00215.x.

    Examples
    --------
    >>> from regionet import analysis
    >>> study, km = analysis.scatter_regions(20)
    >>> network = analysis.simulate_network(study, km, analysis.Truth(), seed=1)
    >>> fit = analysis.fit_gravity(study, network, km)
    >>> (fit.model.pairs, fit.covariates)
    (190, ('ln_distance', 'contiguous', 'different_parent'))
    """
    asked = options or GravityOptions()
    pairs = build_pairs(study, network, distances, options=asked)
    terms = _list_terms(study, pairs, asked)
    fit = _fit(pairs, terms, asked)
    _require_freedom(fit)
    alpha = estimate_dispersion(fit.design.y, np.exp(fit.mean.eta), design=fit.design)
    expectation = measure_expectation(
        fit.design, fit.mean.eta, alpha=alpha, weighted=asked.family == "nb2", out_of_fold=asked.out_of_fold
    )
    model = _summarise(study, pairs, fit, asked, alpha)
    notes = (*pairs.notes, *_note_dropped(fit), *_note_thin(fit), *_note_held(expectation, asked))
    model = replace(model, notes=notes)
    names = tuple(name for name in fit.names if name != CONSTANT)
    return GravityFit(model, _fill_table(terms, fit, expectation, unit=pairs.unit), names, fit, asked, fit.design)


@dataclass(frozen=True, slots=True, eq=False)
class _Terms:
    """The right-hand side: the table with all covariate columns, the names that enter, the effects."""

    table: pd.DataFrame
    names: tuple[str, ...]
    effects: list[Effect]


def _list_terms(study: Study, pairs: Pairs, options: GravityOptions) -> _Terms:
    if options.effects == "region":
        return _Terms(pairs.table, pairs.covariates, _list_effects(pairs))
    masses = np.log(read_masses(study, options.mass, codes=pairs.codes).to_numpy())
    first, second = masses[pairs.first], masses[pairs.second]
    added = {"ln_mass_source": first, "ln_mass_target": second} if pairs.directed else {"ln_mass": first + second}
    table = pairs.table.assign(**added)
    return _Terms(table, (*added, *pairs.covariates, CONSTANT), [])


def _fit(pairs: Pairs, terms: _Terms, options: GravityOptions) -> PoissonFit:
    counts = pairs.table["observed"].to_numpy() / pairs.unit
    x = terms.table.assign(**{CONSTANT: 1.0})[list(terms.names)].to_numpy(dtype=float)
    ends = pairs.first, pairs.second
    if options.family == "nb2":
        return fit_nb2(counts, x, terms.effects, names=terms.names, pairs=ends).regression
    return fit_ppml(counts, x, terms.effects, names=terms.names, pairs=ends)


def _list_effects(pairs: Pairs) -> list[Effect]:
    if pairs.directed:
        return [Effect("source", pairs.first, labels=pairs.codes), Effect("target", pairs.second, labels=pairs.codes)]
    return [Effect("region", pairs.first, pairs.second, pairs.codes)]


def _require_freedom(fit: PoissonFit) -> None:
    if fit.n < _FEWEST * fit.parameters:
        raise MethodError(
            say("gravity/too-few-pairs", pairs=fit.n, parameters=fit.parameters, needed=_FEWEST * fit.parameters)
        )


def _fill_table(terms: _Terms, fit: PoissonFit, expectation: Expectation, *, unit: float) -> pd.DataFrame:
    table = index_pairs(terms.table[fit.used])
    table.insert(3, "expected", np.exp(expectation.eta) * unit)
    return table.assign(
        linear_error=np.sqrt(expectation.variance), leverage=expectation.leverage, fitted=fit.fitted[fit.used] * unit
    )


def _summarise(study: Study, pairs: Pairs, fit: PoissonFit, options: GravityOptions, alpha: float) -> GravityModel:
    fitted = pairs.table[fit.used]
    regions = {*fitted["source"].unique(), *fitted["target"].unique()}
    return GravityModel(
        study=study.name,
        regions=len(regions),
        pairs=fit.n,
        directed=pairs.directed,
        coefficients=summarise_coefficients(fit, alpha=alpha, weighted=options.family == "nb2"),
        dispersion=alpha,
        ratio_dispersion=alpha,
        unit=pairs.unit,
        deviance=fit.deviance * pairs.unit,
        pseudo_r2=fit.pseudo_r2,
        parameters=fit.parameters,
        family=options.family,
        effects=options.effects,
        out_of_fold=options.out_of_fold,
        dropped=(*pairs.dropped, *_name_regions(study, fit, regions)),
    )


def summarise_coefficients(fit: PoissonFit, *, alpha: float, weighted: bool) -> pd.DataFrame:
    """Return the coefficients with the errors of `analysis.loglinear.covariance.measure_model_errors`.

    Without region effects the pairs of a region have more in common than their masses say, and the error is the
    dyadic-cluster-robust one where that is larger. Columns as of ``tabulate_coefficients``.
    """
    error = measure_model_errors(fit.design, fit.mean.eta, alpha=alpha, weighted=weighted)
    if not fit.design.layout.size and fit.clustered is not None:
        error = np.maximum(error, np.sqrt(fit.clustered.diagonal()))
    return tabulate_coefficients(fit, error)


def tabulate_coefficients(fit: PoissonFit, error: Floats) -> pd.DataFrame:
    """Return ``estimate``, ``error``, ``low``, ``high`` (95 %) and ``percent`` by covariate, without the constant."""
    width = float(ndtri(0.975)) * error
    values = {
        "estimate": fit.coefficients,
        "error": error,
        "low": fit.coefficients - width,
        "high": fit.coefficients + width,
        "percent": 100 * np.expm1(fit.coefficients),
    }
    return pd.DataFrame(values, index=pd.Index(fit.names, name="covariate")).drop(index=CONSTANT, errors="ignore")


def _name_regions(study: Study, fit: PoissonFit, fitted: set[str]) -> list[DroppedRegion]:
    zh, en = study.names("zh"), study.names("en")
    codes = dict.fromkeys(item.name.partition(":")[2] for item in fit.dropped if item.kind == "level")
    return [DroppedRegion(code, Words(en=en[code], zh=zh[code]), NO_LINKS) for code in codes if code not in fitted]


def _note_thin(fit: PoissonFit) -> list[Words]:
    if fit.n >= _THIN * fit.parameters:
        return []
    return [
        Words(
            en=f"only {fit.n} pairs stand behind {fit.parameters} parameters: the coefficients are barely determined",
            zh=f"仅 {fit.n} 个地区对，却有 {fit.parameters} 个参数：系数很不确定",
        )
    ]


def _note_dropped(fit: PoissonFit) -> list[Words]:
    notes = []
    for item in fit.dropped:
        if item.kind == "observations":
            notes.append(
                Words(
                    en=f"{item.name} pairs without links have an expectation of zero under the model and are left out",
                    zh=f"{item.name} 对无联系的地区在模型下期望为零，未列入",
                )
            )
        if item.kind == "covariate":
            notes.append(
                Words(
                    en=f"{item.name} adds nothing to the other covariates and is left out",
                    zh=f"{item.name} 不增加信息，未纳入模型",
                )
            )
    return notes


def _note_held(expectation: Expectation, options: GravityOptions) -> list[Words]:
    held = int(expectation.held.sum())
    if not (options.out_of_fold and held):
        return []
    return [
        Words(
            en=f"{held} pairs make up more than half of their own expectation and take part in it",
            zh=f"{held} 对地区对模型影响过大，其期望可能偏向实际值",
        )
    ]
