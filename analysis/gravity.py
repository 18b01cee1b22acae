"""The gravity model of collaboration: how much to expect between two regions.

E[c_ij] = exp(a_i + a_j + b'x_ij) over unordered pairs, or exp(a_i + g_j + b'x_ij) over ordered ones, by PPML.
The effects hold all that is special to a region (size, research strength, field), so covariates of single
regions have no place; x holds ln distance, contiguity and the borders between the two. Var[c_ij] = u (mu +
alpha mu^2) in units u of one link event.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.covariance import measure_linear_variance
from analysis.effects import Effect, FloatArray
from analysis.model import GravityModel
from analysis.overdispersion import estimate_dispersion
from analysis.pairs import NO_LINKS, DroppedRegion, Pairs, build_pairs
from analysis.ppml import PoissonFit, fit_ppml
from regions import MethodError, Note

if TYPE_CHECKING:
    import networkx as nx

    from regions import Study


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
        One row per fitted pair: ``source``, ``target``, ``observed``, ``expected`` (both in the weight of the
        network), ``linear_error`` (standard error of ln expected), ``leverage``, ``distance_km`` and the
        covariates. Pairs whose expectation the model drives to zero are left out.
    covariates
        Columns of ``table`` that entered the model.
    regression
        The PPML fit on pseudo-counts (observed / unit).
    """

    model: GravityModel
    table: pd.DataFrame
    covariates: tuple[str, ...]
    regression: PoissonFit


def fit_gravity(
    study: "Study", network: "nx.Graph", distances: pd.DataFrame, *, covariates: Sequence[str] | None = None
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
    covariates
        Names, see ``analysis.pairs.build_pairs``; None takes all.

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
    """
    pairs = build_pairs(study, network, distances, covariates=covariates)
    counts = pairs.table["observed"].to_numpy() / pairs.unit
    x = pairs.table[list(pairs.covariates)].to_numpy(dtype=float)
    fit = fit_ppml(counts, x, _list_effects(pairs), names=pairs.covariates, pairs=(pairs.first, pairs.second))
    _require_freedom(fit)
    alpha = estimate_dispersion(fit.design.y, np.exp(fit.mean.eta), design=fit.design)
    return GravityFit(_summarise(study, pairs, fit, alpha), _fill_table(pairs, fit, alpha), fit.names, fit)


def _list_effects(pairs: Pairs) -> list[Effect]:
    if pairs.directed:
        return [Effect("source", pairs.first, labels=pairs.codes), Effect("target", pairs.second, labels=pairs.codes)]
    return [Effect("region", pairs.first, pairs.second, pairs.codes)]


def _require_freedom(fit: PoissonFit) -> None:
    if fit.n < _FEWEST * fit.parameters:
        raise MethodError(
            f"{fit.n} pairs of regions stand behind {fit.parameters} parameters (one per region and covariate), and "
            f"{_FEWEST * fit.parameters} are needed: such a model expects of each pair hardly more than what was "
            "observed; use more regions with links, join regions (a higher level), more years of data, or fewer "
            "covariates",
            zh=f"{fit.parameters} 个参数（每个地区和每个协变量各一个）背后只有 {fit.n} 个地区对，至少需要 "
            f"{_FEWEST * fit.parameters} 个：这样的模型对每一对的期望几乎就是其实际值；请增加有联系的地区、"
            "改用更高一级的地区、增加数据年份，或减少协变量",
        )


def _fill_table(pairs: Pairs, fit: PoissonFit, alpha: float) -> pd.DataFrame:
    table = pairs.table[fit.used].reset_index(drop=True)
    variance, leverage = measure_linear_variance(fit.design, fit.mean.eta, alpha=alpha)
    table.insert(3, "expected", fit.fitted[fit.used] * pairs.unit)
    return table.assign(linear_error=np.sqrt(variance), leverage=leverage)


def _summarise(study: "Study", pairs: Pairs, fit: PoissonFit, alpha: float) -> GravityModel:
    clustered: FloatArray = np.full_like(fit.covariance, np.nan) if fit.clustered is None else fit.clustered
    coefficients = pd.DataFrame(
        {
            "estimate": fit.coefficients,
            "error": fit.errors,
            "error_clustered": np.sqrt(clustered.diagonal()),
            "percent": 100 * np.expm1(fit.coefficients),
        },
        index=pd.Index(fit.names, name="covariate"),
    )
    fitted = pairs.table[fit.used]
    return GravityModel(
        study=study.name,
        regions=len(set(fitted["source"]) | set(fitted["target"])),
        pairs=fit.n,
        directed=pairs.directed,
        coefficients=coefficients,
        dispersion=alpha,
        unit=pairs.unit,
        deviance=fit.deviance * pairs.unit,
        pseudo_r2=fit.pseudo_r2,
        parameters=fit.parameters,
        dropped=(*pairs.dropped, *_name_regions(study, fit, set(fitted["source"]) | set(fitted["target"]))),
        notes=(*pairs.notes, *_note_dropped(fit), *_note_thin(fit)),
    )


def _name_regions(study: "Study", fit: PoissonFit, fitted: set[str]) -> list[DroppedRegion]:
    zh, en = study.names("zh"), study.names("en")
    codes = dict.fromkeys(item.name.partition(":")[2] for item in fit.dropped if item.kind == "level")
    return [DroppedRegion(code, Note(en=en[code], zh=zh[code]), NO_LINKS) for code in codes if code not in fitted]


def _note_thin(fit: PoissonFit) -> list[Note]:
    if fit.n >= _THIN * fit.parameters:
        return []
    return [
        Note(
            en=f"only {fit.n} pairs stand behind {fit.parameters} parameters: the coefficients are barely determined",
            zh=f"仅 {fit.n} 个地区对，却有 {fit.parameters} 个参数：系数很不确定",
        )
    ]


def _note_dropped(fit: PoissonFit) -> list[Note]:
    notes = []
    for item in fit.dropped:
        if item.kind == "observations":
            notes.append(
                Note(
                    en=f"{item.name} pairs without links have an expectation of zero under the model and are left out",
                    zh=f"{item.name} 对无联系的地区在模型下期望为零，未列入",
                )
            )
        if item.kind == "covariate":
            notes.append(
                Note(
                    en=f"{item.name} adds nothing to the other covariates and is left out",
                    zh=f"{item.name} 不增加信息，未纳入模型",
                )
            )
    return notes
