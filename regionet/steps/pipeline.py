"""From a study to its scores, links and gaps, as the commands need them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

import analysis
import geodata
from analysis.expectation.size_control import fit_sized_expectation
from analysis.gaps.reasons import READ, explain_gaps
from analysis.loglinear.tolerance import sort_down
from analysis.roles.positions import choose_measures
from regionet.steps.gaps.reconciled import reconcile_columns
from regionet.steps.link_significance import SIGNIFICANCE
from regionet.steps.spillover.strength import Strength
from regionet.steps.withheld_scores import withhold_scores
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.study_parts.latest_year import find_latest_year
from regions.study_parts.study_selection import select_study
from regions.study_parts.study_years import describe_other_years
from regions.words import Words

if TYPE_CHECKING:
    import networkx as nx

    from analysis.expectation.gravity import GravityFit
    from analysis.expectation.model import GravityModel
    from regions.records.count_links import Counting

PARTS = 7
"""Parts of an analysis, about equally long for a large study: network, scores, distances, two of the fit, register."""

LARGE = 600
"""Studies of more regions get one fit of the expectation, and their notes say so; ``gaps`` makes all of them."""

_QUICK = Words(
    "Many regions: gaps come from one fit to all pairs, without other specifications; the command gaps makes those.",
    "地区较多：缺口由对全部地区对的一次拟合得出，未试其他模型设定；命令 gaps 会逐一检验。",
)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user may choose for an analysis.

    Attributes
    ----------
    counting
        ``full``, ``newman`` or ``pair``.
    indicator
        Column of the indicators that spills over; None takes the study's own choice.
    year
        Year of the indicator; None takes the latest year that is complete.
    years
        First and last year of the links that count; None takes those that the study counts by itself.
    strength
        How far spillover carries; None: the assumption.
    """

    counting: "Counting" = "full"
    indicator: str | None = None
    year: int | None = None
    years: tuple[int, int] | None = None
    strength: Strength | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """What `analysis.fit_expectation` says of a study, and the N x N km that it was told."""

    fit: "GravityFit"
    distances: pd.DataFrame


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """Everything that was computed for a study.

    Attributes
    ----------
    scores
        Index ``code``; centrality and, where the study has an indicator, spillover.
    gaps
        The pairs that are shown, as `analysis.GapRegister` has them, with reasons; or None.
    notes
        What the reader of the tables must know: why a part is missing, what was assumed.
    model
        The one model of all ``gaps``, or None.
    prices
        The price of borders in each year, field or path; empty where there is one model.
    expected
        The one model behind ``gaps``, for what else is to be asked of it; None where there is none, or no longer.
    """

    study: Study
    network: "nx.Graph"
    scores: pd.DataFrame
    gaps: pd.DataFrame | None
    notes: tuple[Words, ...]
    model: "GravityModel | None" = None
    expected: Expected | None = None
    prices: pd.DataFrame = field(default_factory=pd.DataFrame)


def analyse(
    study: Study, choices: Choices, *, gaps: bool = True, progress: Callable[[int, int], None] = lambda *_: None
) -> Findings:
    """Build the network, score every region and, if asked, find the gaps.

    A part that the data do not allow (no indicator, no coordinates, too few regions) is left out with a note;
    an indicator or year that the user named and that is not there is an error. ``progress`` is called with the parts
    done and all parts.
    """
    study = name_years(select_study(study, years=choices.years), choices.years)
    if choices.indicator is not None and study.indicators is not None:
        find_latest_year(study, choices.indicator)  # a mistyped name is found before the work begins
    network = mark_significance(analysis.build_network(study, choices.counting))
    progress(1, PARTS)
    scores = analysis.measure_positions(network, measures=[each.name for each in choose_measures(shown=True)])
    notes = list_year_notes(study, choices.years)
    spillover = _score_spillover(study, network, choices, notes)
    if spillover is not None:
        scores = scores.join(spillover)
    scores, lost = withhold_scores(study, network, scores)
    notes[:0] = lost
    progress(2, PARTS)
    register = _find_gaps(study, network, notes, progress) if gaps else None
    progress(PARTS, PARTS)
    if register is None:
        return Findings(study, network, scores, None, tuple(notes))
    told = reconcile_columns(register.table)
    notes += [told] if told else []
    return Findings(study, network, scores, add_reasons(study, register), tuple(notes), register.model)


def name_years(study: Study, years: tuple[int, int] | None) -> Study:
    """Let the title say which years were asked for: the page of 2017 must not be headed 2011."""
    if years is None:
        return study
    span = "-".join(dict.fromkeys(map(str, years)))
    return replace(study, title=Words(f"{study.title.en} ({span} only)", f"{study.title.zh}（仅 {span} 年）"))


def list_year_notes(study: Study, years: tuple[int, int] | None) -> list[Words]:
    """Say which years were asked for, or which ones wait to be."""
    if years is not None:
        span = "-".join(dict.fromkeys(map(str, years)))
        return [Words(f"Only counted: {span}.", f"仅统计：{span}。")]
    waiting = describe_other_years(study)
    return [] if waiting is None else [waiting]


def mark_significance(network: "nx.Graph") -> "nx.Graph":
    """Write the measures of `analysis.measure_link_significance` on the links; return the network.

    A link inside a region is not judged and keeps its attributes as they are.
    """
    table = analysis.measure_link_significance(network)
    for ends, values in zip(table[["source", "target"]].to_numpy(), table[list(SIGNIFICANCE)].to_numpy(), strict=True):
        network.edges[tuple(ends)].update(zip(SIGNIFICANCE, values.tolist(), strict=True))
    return network


def _score_spillover(study: Study, network: "nx.Graph", choices: Choices, notes: list[Words]) -> pd.DataFrame | None:
    column = choices.indicator or study.indicator
    if column is None or study.indicators is None:
        if choices.indicator:
            raise MethodError(say("indicators/none", column=choices.indicator))
        notes.append(
            Words(
                "No spillover: the study names no indicator that covers its regions.",
                "未计算溢出：数据集没有覆盖各地区的指标。",
            )
        )
        return None
    year = choices.year or find_latest_year(study, column)
    strength = choices.strength or Strength()
    spillover = analysis.measure_spillover(network, study.indicators, column=column, year=year, rho=strength.rho)
    if choices.strength is not None:
        spillover = spillover.assign(rho=strength.rho, rho_source=strength.source)
    name, _ = study.describe_indicator(column)
    notes.append(
        Words(
            f"Spillover of {name.en} {year}: {strength.describe().en}.",
            f"溢出以 {year} 年“{name.zh}”计算：{strength.describe().zh}。",
        )
    )
    return spillover


def _find_gaps(
    study: Study, network: "nx.Graph", notes: list[Words], progress: Callable[[int, int], None]
) -> analysis.GapRegister | None:
    distances = geodata.measure_distances(study)
    progress(3, PARTS)
    try:
        options = None
        if len(study.regions) > LARGE:
            # Each other specification is a fit of a million pairs; what a map shows does not hang on them.
            options = analysis.GravityOptions(stability=False, resistant=False)
            notes.append(_QUICK)
        sized = fit_sized_expectation(study, network, distances, options=options)
        notes += [] if sized.note is None else [sized.note]
        progress(5, PARTS)
        return analysis.build_gap_register(study, network, distances, fit=sized.fit)
    except MethodError as error:
        notes.append(Words(f"No gaps: {error}.", f"未计算缺口：{error.describe('zh')}。"))
        return None


def add_reasons(study: Study, register: analysis.GapRegister, *, shown: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the table of a register with ``field_overlap``, ``reason`` and ``reason_zh`` behind its columns.

    The first `READ` rows of ``shown``, a part of the register, get sentences (None: of all); the others have none.
    """
    gaps = register.table
    rows = (gaps if shown is None else shown).index[:READ]
    told = explain_gaps(study, gaps, model=register.model, rows=rows)
    return gaps.assign(**{str(name): told[name] for name in told})


def label_scores(findings: Findings) -> pd.DataFrame:
    """Return the scores with code, names, internal and external weight in front, the strongest region first."""
    study, network = findings.study, findings.network
    table = findings.scores.copy()
    nodes = pd.DataFrame.from_dict(dict(network.nodes(data=True)), orient="index").reindex(table.index)
    front: dict[str, Any] = {
        "code": table.index,
        "name": study.regions["name"].reindex(table.index),
        "name_zh": study.regions["name_zh"].reindex(table.index),
    }
    known = table["strength"].notna()  # dropped is not zero, see `withhold_scores`
    weights = {name: nodes[name].where(known) for name in ("internal", "external")}
    table = table.assign(**weights, **front)
    table = table[[*front, *[column for column in table.columns if column not in front]]].reset_index(drop=True)
    return sort_down(table, "strength", "code")


def label_pairs(findings: Findings, table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of pairs with the names of both ends behind their codes."""
    columns = {}
    for end in ("source", "target"):
        for name in ("name", "name_zh"):
            columns[f"{end}_{name}"] = table[end].map(findings.study.regions[name])
    rest = [column for column in table.columns if column not in {"source", "target"}]
    return table.assign(**columns)[["source", "target", *columns, *rest]]


def tabulate_links(findings: Findings) -> pd.DataFrame:
    """Return the links of the network, the strongest first: ``source``, ``target``, names, ``weight``, ...

    Where `mark_significance` wrote them, its measures say how far a link stands out.
    """
    rows = [(source, target, data) for source, target, data in findings.network.edges(data=True)]
    table = pd.DataFrame([{"source": a, "target": b, **data} for a, b, data in rows])
    if table.empty:
        table = pd.DataFrame({"source": [], "target": [], "weight": []}, dtype="object")
    return label_pairs(findings, sort_down(table, "weight", "source", "target"))


def describe_findings(findings: Findings, language: str) -> Sequence[str]:
    """Return the sentences that belong above the tables: what was fitted, notes, limits of the data."""
    sentences = []
    if findings.model is not None:
        sentences.append(findings.model.describe(language))
    sentences += [note.text(language) for note in (*findings.notes, *(limit.words for limit in findings.study.limits))]
    return list(dict.fromkeys(sentences))  # a limit that stands among the notes is told once
