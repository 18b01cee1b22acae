"""The gap register that a planner hands on: which pairs, how sure, why, and who could start."""

import pandas as pd

import analysis
import geodata
from analysis.expectation.gravity_options import GravityOptions
from analysis.expectation.size_control import fit_sized_expectation
from analysis.gaps.actor_matrices import build_actor_matrices
from analysis.gaps.filters import correct_within, filter_gaps
from analysis.gaps.partners import find_partners_of_many
from analysis.gaps.registers_side_by_side import count_moves
from analysis.gaps.stability import Progress
from analysis.networks.synergy import build_path_network
from regionet.steps.gaps.gap_query import GapQuery, check_names
from regionet.steps.gaps.reconciled import reconcile_columns
from regionet.steps.gaps.registers_by import find_registers
from regionet.steps.pipeline import Expected, Findings, add_reasons
from regions.actors.persons import PERSON, are_hidden
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.study_parts.study_selection import select_study
from regions.study_parts.study_years import describe_other_years, describe_waiting_years
from regions.words import Words

PARTNERS = 3
_LOOKED_AT = 12


def find_register(
    study: Study, question: GapQuery, *, progress: Progress | None = None
) -> tuple[Findings, pd.DataFrame]:
    """Find, explain and filter the gaps; the model is fitted to all pairs, whatever is shown.

    Returns the findings and the gaps among them. ``progress`` is told the finished and all parts of the work.

    Raises
    ------
    MethodError
        When the data do not allow it, or the question names what the study has not.
    """
    check_names(study, question)
    part = select_study(study, field=question.field, years=question.years)
    if question.by is not None:
        waiting = describe_waiting_years(study)
        return find_registers(part, question, question.by, waiting=waiting, progress=progress)
    if question.window > 1:
        raise MethodError(say("gaps/window"))
    if question.path is None:
        network = analysis.build_network(part, question.counting)
    else:
        network = build_path_network(part, question.path, counting=question.counting)
    distances = geodata.measure_distances(part)
    options = GravityOptions(beside=question.covariates)
    control = question.size_control
    sized = fit_sized_expectation(part, network, distances, size_control=control, options=options)
    fit = sized.fit
    register = analysis.build_gap_register(part, network, distances, progress=progress, fit=fit)
    gaps = register.table
    shown = filter_gaps(part, gaps, regions=question.regions, between=question.between)
    if question.is_part:
        shown = correct_within(shown)
    if shown.empty:
        raise MethodError(say("gaps/nothing-left"))
    shown = add_reasons(part, register, shown=shown).loc[shown.index]
    told = (sized.note, *_note(study, question, len(shown), len(gaps)), reconcile_columns(shown))
    notes = tuple(note for note in told if note is not None)
    scores = analysis.measure_centrality(network)
    return Findings(part, network, scores, shown, notes, register.model, Expected(fit, distances)), shown


def _note(study: Study, question: GapQuery, shown: int, fitted: int) -> list[Words]:
    notes = []
    chosen = [text for text in (question.path, question.field) if text]
    if question.years:
        chosen.append("-".join(dict.fromkeys(map(str, question.years))))
    elif (waiting := describe_other_years(study)) is not None:
        notes.append(waiting)
    if chosen:
        notes.append(Words(f"Only counted: {', '.join(chosen)}.", f"仅统计：{'、'.join(chosen)}。"))
    if shown < fitted:
        notes.append(
            Words(
                f"{shown} of {fitted} fitted pairs are shown, as asked in advance: q values and grades are corrected "
                f"for these {shown} tests only; the model and its intervals are of all.",
                f"按事先提出的问题显示 {fitted} 对中的 {shown} 对：q 值与证据等级只按这 {shown} 对作多重检验校正；"
                "模型与区间按全部地区对计算。",
            )
        )
    return notes


def list_partners(
    findings: Findings, *, path: str | None, top: int = 0, rows: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, Words | None]:
    """Find the best partners of the first ``top`` gaps, or of these ``rows``; an empty table and why nobody is known.

    Returns
    -------
    tuple
        One row per pair of actors: ``rank`` of the gap, ``source``, ``target``, then as
        `analysis.gaps.partners.find_partners` gives it; and a note, None when every pair has partners.
    """
    gaps = findings.gaps
    if gaps is None:
        return pd.DataFrame(), None
    if are_hidden(findings.study):
        return pd.DataFrame(), Words("No partners: actors are not named, as asked.", "未推荐合作方：按要求不列出单位。")
    try:
        actors = build_actor_matrices(findings.study)
    except MethodError as error:
        return pd.DataFrame(), Words(f"No partners: {error}.", f"未推荐合作方：{error.describe('zh')}。")
    first = gaps.head(top) if rows is None else rows
    paths = first["path"] if "path" in first else [path] * len(first)
    pairs = zip(first["source"], first["target"], paths, strict=True)
    # Institutions only: a number in the place of a person is of no use to anybody.
    persons = actors.table["kind"].to_numpy() == PERSON
    table = find_partners_of_many(actors, pairs, top=PARTNERS, looked_at=_LOOKED_AT, barred=persons)
    bare = len(first) - table["rank"].nunique()
    note = Words(
        f"{bare} pairs of regions have no pair of actors that could be proposed.", f"{bare} 对地区没有可推荐的主体对。"
    )
    return table if len(table) else pd.DataFrame(), note if bare else None


def build_register(findings: Findings, partners: pd.DataFrame, *, top: int, language: str) -> pd.DataFrame:
    """Lay out the first ``top`` gaps for a reader.

    Returns
    -------
    DataFrame
        ``rank``, the year, field or path where asked for, names of both in the language, ``observed``, ``expected``,
        ``low``, ``high``, ``gap``, ``grade``, ``moved`` by year, ``distance_km``, the reason in the language, and
        ``partner_1`` .. where partners are known.
    """
    gaps = findings.gaps
    if gaps is None:
        return pd.DataFrame()
    gaps = gaps.head(top)
    tail = "_zh" if language == "zh" else ""
    names = findings.study.regions[f"name{tail}"]
    table = pd.DataFrame({"rank": range(1, len(gaps) + 1)})
    for part in ("year", "field", "path"):
        if part in gaps:
            table[part] = gaps[part].to_numpy()
    for end in ("source", "target"):
        table[f"{end}_name{tail}"] = gaps[end].map(names).to_numpy()
    wanted = ("observed", "expected", "low", "high", "gap", "grade", "moved", "stability", "distance_km")
    for column in [name for name in wanted if name in gaps] + [f"reason{tail}"]:
        table[column] = gaps[column].to_numpy()
    table["distance_km"] = table["distance_km"].round()
    if partners.empty:
        return table
    place = partners.groupby("rank").cumcount() + 1
    words = partners[f"source_name{tail}"] + " – " + partners[f"target_name{tail}"] + _colon(language)
    words += partners[f"reason{tail}"]
    for number in range(1, PARTNERS + 1):
        of = words[place == number].set_axis(partners.loc[place == number, "rank"])
        table[f"partner_{number}"] = table["rank"].map(of).fillna("").to_numpy()
    return table


def _colon(language: str) -> str:
    return "：" if language == "zh" else ": "


def tabulate_moves(findings: Findings) -> pd.DataFrame:
    """Count how the gaps of each year came about; an empty table unless the register is by year.

    Returns
    -------
    DataFrame
        ``year``, ``judged`` (pairs), ``gaps``, ``opened``, ``persistent``, ``closed``.
    """
    if findings.gaps is None or "moved" not in findings.gaps:
        return pd.DataFrame()
    return count_moves(findings.gaps).rename(columns={"pairs": "judged"}).reset_index()


def list_calibration(findings: Findings) -> pd.DataFrame:
    """Lay out how expected and observed agree; an empty table where there is not one model of all.

    Returns
    -------
    DataFrame
        ``group``, ``group_pairs``, ``mean_expected``, ``mean_observed``, ``mean_low``, ``mean_high``.
    """
    if findings.model is None:
        return pd.DataFrame()
    rows = [
        (number, group.pairs, group.expected, group.observed, group.low, group.high)
        for number, group in enumerate(findings.model.calibration, start=1)
    ]
    names = ["group", "group_pairs", "mean_expected", "mean_observed", "mean_low", "mean_high"]
    return pd.DataFrame(rows, columns=names)
