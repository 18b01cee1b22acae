"""Estimated spillover of a study: every W by every model, flows, groups, clusters, spaces, and what they say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

import analysis
from analysis.autocorrelation.autocorrelation import measure_autocorrelation_by_year
from analysis.spillover.decay_reach import Reach
from analysis.spillover.pooled_flows import PooledFlows, pool_flows, pool_group_flows, pool_pair_flows
from analysis.spillover.robustness import LARGE_MAJORITY, ModelGrid, Specification, Verdict, fit_grid, judge_grid
from analysis.spillover.study_panel import INPUTS, StudyPanel, build_study_panel, choose_columns, list_coarser
from analysis.spillover.study_weights import build_study_weights
from analysis.spillover.weight_profiles import SpaceMixture
from regionet.steps.spillover.collaboration_before import take_collaboration_before
from regionet.steps.spillover.how_far import measure_reach
from regionet.steps.spillover.spillover_groups import list_group_labels
from regionet.steps.spillover.spillover_query import SpilloverQuery
from regionet.steps.spillover.three_spaces import compare_spaces
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.words import Words

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """All that was estimated.

    Attributes
    ----------
    study, question, panel, asked
        What was asked of what; ``asked`` with the columns that were chosen.
    weights
        The Ws by name.
    grid, verdicts
        Every W by every model; in how many the spillover of each variable is clear.
    flows
        Between regions over all Ws; None where the model has none that is stable.
    pairs
        From each region to each other, see `pool_pair_flows`; empty without flows.
    labels
        Grouping -> the group of each region.
    groups
        ``grouping`` and the columns of `analysis.measure_group_flows`.
    clusters
        Local autocorrelation of the outcome in the last year, by W.
    moran
        Autocorrelation of the outcome by W and year.
    tests
        Lagrange multiplier tests by W.
    spaces
        Through which space; None, and a note, where it cannot be told.
    reach
        How far; None where it was not fitted.
    notes
        How far it reaches; what was left out, joined, could not be built or fitted.
    """

    study: Study
    question: SpilloverQuery
    panel: StudyPanel
    asked: Specification
    weights: Mapping[str, pd.DataFrame]
    grid: ModelGrid
    verdicts: tuple[Verdict, ...]
    flows: PooledFlows | None
    pairs: pd.DataFrame
    labels: "Mapping[str, pd.Series[str]]"
    groups: pd.DataFrame
    clusters: pd.DataFrame
    moran: pd.DataFrame
    tests: pd.DataFrame
    spaces: SpaceMixture | None
    reach: Reach | None
    notes: tuple[Words, ...]


def estimate_spillover(study: Study, question: SpilloverQuery, *, progress: Progress | None = None) -> Estimates:
    """Estimate the spillover of a study.

    Raises
    ------
    MethodError
        When the data do not allow it, or the question names what the study has not.
    """
    panel = _read_panel(study, question)
    asked = Specification(
        panel.y,
        panel.x,
        question.effects or ("both" if len(panel.years) > 1 else "none"),
        "lee-yu" if question.corrected else None,
    )
    labels, told = list_group_labels(study, panel.codes, by=question.by, between=question.between)
    built, notes = _build_weights(study, panel)
    notes += _tell_coarser(study, question)
    weights = _choose_weights(built, question.weights)
    options: dict[str, Any] = {"draws": question.draws, "seed": question.seed}
    grid = fit_grid(panel.table, weights, asked, progress=progress, **options)
    notes += _tell_failed(grid)
    stable = grid.list_stable(question.model)
    flows = _pool(stable, panel.x[0], len(weights), **options) if stable else None
    pairs = pool_pair_flows(stable, panel.x[0], **options) if stable else _no_pairs()
    groups = _flow_groups(panel, stable, labels, question)
    spaces, why = compare_spaces(panel, built, asked, question)
    reach, far = measure_reach(study, panel, asked)
    clusters, moran = _map_outcome(panel, weights, question)
    return Estimates(
        study=study,
        question=question,
        panel=panel,
        asked=asked,
        weights=weights,
        grid=grid,
        verdicts=tuple(judge_grid(grid, name) for name in panel.x),
        flows=flows,
        pairs=pairs,
        labels=labels,
        groups=groups,
        clusters=clusters,
        moran=moran,
        tests=_test(panel, weights, asked),
        spaces=spaces,
        reach=reach,
        notes=(*far, *panel.notes, *notes, *told, *why),
    )


def _pool(stable: Mapping[str, Any], variable: str, weights: int, **options: Any) -> PooledFlows:  # noqa: ANN401 - draws and seed
    """Pool the flows; a W without a result cannot make a region clear, so shares are of all Ws that were asked for."""
    pooled = pool_flows(stable, variable, **options)
    shares = {name: pooled.table[name] * len(stable) / weights for name in ("given_clear", "received_clear")}
    return PooledFlows(pooled.table.assign(**shares), pooled.by_weights)


def pick_clear(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the regions whose giving or receiving is clear, as a finding is robust.

    Its interval over all Ws leaves 0 out, and so does its own under the large majority of the Ws.
    """
    aside = (table[f"{column}_low"] > 0) | (table[f"{column}_high"] < 0)
    return table[aside & (table[f"{column}_clear"] >= LARGE_MAJORITY)]


def _no_pairs() -> pd.DataFrame:
    return pd.DataFrame(columns=["source", "target", "value", "low", "high"])


def _read_panel(study: Study, question: SpilloverQuery) -> StudyPanel:
    y, x = question.column, question.explained
    own = y is None and not x
    if y is None or not x:
        chosen, inputs = choose_columns(study)
        y = y or chosen
        x = x or tuple(name for name in inputs if name != y)
    log = own if question.log is None else question.log
    lag = int(own) if question.lag is None else question.lag
    return build_study_panel(study, y, x, lag=lag, log=log)


def _tell_coarser(study: Study, question: SpilloverQuery) -> list[Words]:
    """Say which inputs were not taken because only larger regions have them, where the user named none."""
    coarser = [] if question.explained else list_coarser(study, INPUTS)
    if not coarser:
        return []
    named = [study.describe_indicator(name)[0] for name in coarser]
    return [
        Words(
            f"Not used: {', '.join(each.en for each in named)}; only larger regions have a value, none of the units.",
            f"未使用：{'、'.join(each.zh for each in named)}；只有更大的地区有数值，各单元都没有。",
        )
    ]


def _build_weights(study: Study, panel: StudyPanel) -> tuple[dict[str, pd.DataFrame], list[Words]]:
    first = panel.years[0] - panel.lag
    network, when = take_collaboration_before(study, (panel.years[0], panel.years[-1]))
    built, notes = build_study_weights(study, panel.codes, network=network, development=_find_development(study, first))
    if "collaboration" in built and when is not None:
        notes.append(when)
    return built, notes


def _find_development(study: Study, year: int) -> "pd.Series[float] | None":
    """Return GDP per head of the year, or of the nearest later one; None where it is not known for all regions."""
    table = study.indicators
    if table is None:
        return None
    for over, below in (
        ("gdp_per_head", None),
        ("gdp_per_capita", None),
        ("gdp_real", "residents"),
        ("gdp", "population"),
    ):
        if over not in table or (below is not None and below not in table):
            continue
        values = table.set_index(["year", "code"])[over]
        if below is not None:
            heads = table.dropna(subset=[below]).sort_values("year").groupby("code")[below].first()
            values = values / values.index.get_level_values("code").map(heads.to_dict())
        at = values.dropna()
        at = at[at.index.get_level_values("year") >= year]
        if len(at):
            return at.groupby("code").first()
    return None


def _choose_weights(built: Mapping[str, pd.DataFrame], names: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    unknown = [name for name in names if name not in built]
    if unknown:
        raise MethodError(say("spillover-estimates/no-weights-named", unknown=unknown, built=built))
    return {name: built[name] for name in names or built}


def _tell_failed(grid: ModelGrid) -> list[Words]:
    if not grid.failed:
        return []
    reasons: dict[str, list[str]] = {}
    for (name, model), error in grid.failed.items():
        reasons.setdefault(error.describe("en"), []).append(f"{name}/{model}")
    zh = {error.describe("en"): error.describe("zh") for error in grid.failed.values()}
    return [
        Words(f"No result of {', '.join(which)}: {why}.", f"{'、'.join(which)} 没有结果：{zh[why]}。")
        for why, which in reasons.items()
    ]


def _flow_groups(
    panel: StudyPanel, stable: Mapping[str, Any], labels: Mapping[str, Any], question: SpilloverQuery
) -> pd.DataFrame:
    if not stable or not labels:
        return pd.DataFrame(columns=["grouping", "giver", "receiver", "estimate", "low", "high", "share"])
    parts = []
    for name, groups in labels.items():
        found = pool_group_flows(
            stable,
            panel.x[0],
            groups,
            draws=question.draws,
            permutations=question.permutations,
            seed=question.seed,
        )
        found.insert(0, "grouping", name)
        parts.append(found)
    return pd.concat(parts, ignore_index=True)


def _map_outcome(
    panel: StudyPanel, weights: Mapping[str, pd.DataFrame], question: SpilloverQuery
) -> tuple[pd.DataFrame, pd.DataFrame]:
    table = panel.table if "year" in panel.table else panel.table.assign(year=panel.years[0])
    last = table[table["year"] == panel.years[-1]].set_index("code")[panel.y]
    options: dict[str, Any] = {"permutations": question.permutations, "seed": question.seed}
    clusters, moran = [], []
    for name, matrix in weights.items():
        local = analysis.measure_local_autocorrelation(last, matrix, **options).table.reset_index()
        clusters.append(local.assign(weights=name, year=panel.years[-1]))
        moran.append(measure_autocorrelation_by_year(table, matrix, column=panel.y, **options).assign(weights=name))
    joined, by_year = (pd.concat(parts, ignore_index=True) for parts in (clusters, moran))
    return _lead(joined, "weights", "code", "year"), _lead(by_year, "weights", "year")


def _test(panel: StudyPanel, weights: Mapping[str, pd.DataFrame], asked: Specification) -> pd.DataFrame:
    parts = [
        analysis.measure_lagrange(panel.table, matrix, y=asked.y, x=asked.x, effects=asked.effects)
        .reset_index()
        .assign(weights=name)
        for name, matrix in weights.items()
    ]
    return _lead(pd.concat(parts, ignore_index=True), "weights")


def _lead(table: pd.DataFrame, *front: str) -> pd.DataFrame:
    return table[[*front, *[name for name in table.columns if name not in front]]]
