"""How far spillover carries in the scores: a number of the user, or rho of a spatial model under the same W."""

import json
from pathlib import Path

import pandas as pd

import analysis
from analysis.spillover.robustness import Specification
from analysis.spillover.study_panel import build_study_panel, choose_columns
from geodata import build_network_weights
from regionet.steps.spillover.strength import Strength
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.words import Words

WEIGHTS, MODEL = "collaboration-spectral", "sar"
"""The row of models.csv whose W is that of the scores."""


def read_strength(text: str) -> Strength:
    """Read a number between -1 and 1: an assumption.

    Raises
    ------
    MethodError
        When it is no such number.
    """
    try:
        rho = float(text)
    except ValueError:
        rho = float("nan")
    if not -1 < rho < 1:
        raise MethodError(say("spillover/rho", text=text))
    return Strength(rho)


def estimate_strength(study: Study, folder: Path, *, years: tuple[int, int] | None = None) -> Strength:
    """Take rho from the models.csv that ``regionet spillover`` wrote of this study into a folder, or fit it.

    Parameters
    ----------
    study
        With a network and indicators.
    folder
        Where models.csv may be.
    years
        Of the links that count; None: those that the study counts by itself.

    Raises
    ------
    MethodError
        When the study has no panel or no network to estimate it of.
    """
    known = _read_models(study, folder)
    if known is not None:
        return known
    column, explained = choose_columns(study)
    panel = build_study_panel(study, column, explained, lag=1, log=True)
    network = analysis.build_network(analysis.select_study(study, years=years))
    weights = build_network_weights(network, panel.codes, normalisation="spectral")
    asked = Specification(panel.y, panel.x, "both" if len(panel.years) > 1 else "none")
    fit = asked.fit(panel.table, weights, "sar")
    rho, low, high = fit.table[["estimate", "low", "high"]].iloc[-1].tolist()
    outcome = study.describe_indicator(column)[0]
    span = f"{panel.years[0]}-{panel.years[-1]}"
    basis = Words(
        f"{MODEL.upper()} of {outcome.en} {span}, weights by collaboration",
        f"{MODEL.upper()}，{span} 年“{outcome.zh}”，协作权重",
    )
    return Strength(rho, low, high, basis)


def _read_models(study: Study, folder: Path) -> Strength | None:
    models, told = folder / "models.csv", folder / "run.json"
    if not (models.exists() and told.exists()):
        return None
    run = json.loads(told.read_text(encoding="utf-8"))
    if run.get("command") != "spillover" or run.get("study") != study.name:
        return None
    table = pd.read_csv(models)
    rows = table[(table["weights"] == WEIGHTS) & (table["model"] == MODEL)]
    if rows.empty:
        return None
    rho, low, high = rows[["rho", "low", "high"]].iloc[0].tolist()
    return Strength(
        rho, low, high, Words("SAR in models.csv, weights by collaboration", "models.csv 中的 SAR，协作权重")
    )
